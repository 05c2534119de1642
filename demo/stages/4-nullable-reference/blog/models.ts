import { f, index, model } from 'godwit'

export const Topic = model('Topic', {
  name: f.char({ maxLength: 40, unique: true }),
})

export const Article = model(
  'Article',
  {
    author: f.foreignKey('accounts.User', { onDelete: 'restrict', relatedName: 'posts' }),
    title: f.char({ maxLength: 140 }),
    body: f.text(),
    publishedAt: f.dateTime({ null: true }),
    topics: f.manyToMany(() => Topic),
    products: f.manyToMany('catalogue.Product'),
  },
  { indexes: [index({ fields: ['-publishedAt'] })] },
)

export const Comment = model('Comment', {
  about: f.foreignKey(() => Article, { onDelete: 'cascade', relatedName: 'comments' }),
  replyTo: f.foreignKey('self', { null: true, onDelete: 'setNull' }),
  author: f.foreignKey('accounts.User', { null: true, onDelete: 'setNull' }),
  text: f.text(),
})

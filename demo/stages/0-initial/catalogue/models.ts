import { check, f, index, model, q } from 'godwit'

export const Category = model('Category', {
  name: f.char({ maxLength: 60, unique: true }),
  parent: f.foreignKey('self', { null: true, onDelete: 'setNull', relatedName: 'children' }),
})

export const Tag = model('Tag', {
  name: f.char({ maxLength: 30, unique: true }),
})

export const Product = model(
  'Product',
  {
    name: f.char({ maxLength: 120 }),
    slug: f.slug({ unique: true }),
    legacyCode: f.char({ maxLength: 12 }),
    category: f.foreignKey(() => Category, { onDelete: 'restrict' }),
    price: f.decimal({ maxDigits: 10, decimalPlaces: 2 }),
    stock: f.positiveInteger({ default: 0 }),
    attributes: f.json({ default: {} }),
    tags: f.manyToMany(() => Tag),
  },
  {
    indexes: [index({ fields: ['category', '-price'] }), index({ fields: ['name', '-stock'] })],
    constraints: [check({ name: 'product_price_positive', condition: q.gt('price', 0) })],
  },
)

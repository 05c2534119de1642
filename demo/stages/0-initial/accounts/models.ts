import { f, index, model, now } from 'godwit'

export const User = model('User', {
  email: f.email({ unique: true }),
  name: f.char({ maxLength: 80 }),
  isActive: f.boolean({ default: true }),
  settings: f.json({ default: { newsletter: false } }),
  joinedAt: f.dateTime({ default: now() }),
})

export const Address = model(
  'Address',
  {
    resident: f.foreignKey(() => User, { onDelete: 'cascade', relatedName: 'addresses' }),
    street: f.char({ maxLength: 120 }),
    city: f.char({ maxLength: 80 }),
    country: f.char({ maxLength: 2, default: 'NL' }),
  },
  { indexes: [index({ fields: ['country', 'city'] })] },
)

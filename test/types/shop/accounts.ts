import { f, model, now, uuid } from '../../../src/index.ts'
import { Invoice } from './billing.ts'

/** A mixin. */
const timestamps = { createdAt: f.dateTime({ default: now() }), updatedAt: f.dateTime({ null: true }) }

export const User = model('User', {
  email: f.email({ unique: true }),
  isActive: f.boolean({ default: true }),
  favourite: f.foreignKey(() => Invoice, { null: true, onDelete: 'setNull' }),
  manager: f.foreignKey('self', { null: true }),
  token: f.uuid({ default: uuid() }),
  ...timestamps,
})

export const Profile = model(
  'Profile',
  { user: f.oneToOne(() => User, { primaryKey: true, onDelete: 'cascade' }), avatar: f.binary({ null: true }) },
  { table: 'user_profile' },
)

export const notAModel = 42

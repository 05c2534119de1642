/** The database that needs nothing installed and no server, as a URL relative to the config: where a project begins. */
export const embeddedUrl = 'sqlite:./app.db'

/** A database in memory, which is gone when it is closed. */
export const scratchUrl = 'sqlite::memory:'

/** The database that needs nothing installed and no server, as a URL relative to the config: where a project begins. */
export const embeddedUrl = 'sqlite:./app.db'

/** The files that stand for that database in the folder of the config: itself and what processes lock. No part of the sources. */
export const embeddedFiles: readonly string[] = ['app.db', 'app.db-godwit']

// The bare counterpart of loading a project: imports files in parallel and does nothing with them.
// Usage: node import-files.mjs <json file with an array of paths>
// JavaScript, as the command line is where it is installed: a first TypeScript file would make Node load its type stripper.
import { readFileSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { pathToFileURL } from 'node:url'

// As the command line does: without it the bare side would be the slower one.
enableCompileCache()
const [, , list = ''] = process.argv
await Promise.all(JSON.parse(readFileSync(list, 'utf8')).map((file) => import(pathToFileURL(file).href)))

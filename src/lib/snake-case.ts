/** `issuedAt` → `issued_at`, `BlogPost` → `blog_post`, `HTTPServer2` → `http_server2`: how attributes and models are named in the database. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
}

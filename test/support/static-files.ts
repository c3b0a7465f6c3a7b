/** Stands in for the static files' binding as Cloudflare documents it: pages without their suffix, 404 for the rest. */

const FILES: Readonly<Record<string, string>> = { "/": "the app", "/landing": "the landing page", "/audit-verifier": "the verifier", "/assets/app-1a2b.js": "the script" };

export const staticFiles = {
  fetch: async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const text = FILES[pathname];
    if (text === undefined) return new Response("not found", { status: pathname.endsWith(".html") ? 307 : 404 });
    if (request.headers.get("if-none-match") === '"app"') return new Response(null, { status: 304 });
    return new Response(text, { headers: { etag: '"app"', "cache-control": "public, max-age=0, must-revalidate" } });
  },
};

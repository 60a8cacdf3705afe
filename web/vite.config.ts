import { svelte } from '@sveltejs/vite-plugin-svelte';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// The policy that the server sends with every page; `vite preview` sends it too, so the end-to-end run meets it there.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
// A desk to ask while the pages are served from here. It must see the browser's own host, or it refuses every change.
const proxy = { '/api': { target: process.env.TRUCELINE_DESK ?? 'http://127.0.0.1:8080', changeOrigin: false } };

/** Writes the worker for reading without a network, with the names of all files that were built. */
const offline: Plugin = {
  name: 'offline',
  apply: 'build',
  generateBundle(_, bundle) {
    const files = ['/', '/icon.svg', ...Object.keys(bundle).filter((name) => name.startsWith('assets/')).map((name) => `/${name}`)].sort();
    const source = readFileSync(new URL('src/offline/worker.js', import.meta.url), 'utf8');
    // The page itself names its files, and they are named by what is in them.
    const version = createHash('sha256').update(source).update(files.join()).digest('hex').slice(0, 12);
    this.emitFile({ type: 'asset', fileName: 'sw.js', source: source.replace('__FILES__', JSON.stringify(files)).replace('__VERSION__', JSON.stringify(version)) });
  },
};

// Nothing is inlined: the content security policy allows files of our own origin and nothing else.
export default defineConfig({
  plugins: [svelte(), offline],
  base: '/',
  build: { target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 1200 },
  server: { proxy },
  preview: { proxy, headers: { 'content-security-policy': POLICY } },
  test: { include: ['test/**/*.test.ts'] },
});

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// The policy that the server sends with every page; `vite preview` sends it too, so the end-to-end run meets it there.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
// A desk to ask while the pages are served from here. It must see the browser's own host, or it refuses every change.
const proxy = { '/api': { target: process.env.TRUCELINE_DESK ?? 'http://127.0.0.1:8080', changeOrigin: false } };

// Nothing is inlined: the content security policy allows files of our own origin and nothing else.
export default defineConfig({
  plugins: [svelte()],
  base: '/',
  build: { target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 1200 },
  server: { proxy },
  preview: { proxy, headers: { 'content-security-policy': POLICY } },
  test: { include: ['test/**/*.test.ts'] },
});

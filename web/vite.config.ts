import preact from '@preact/preset-vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Relative addresses everywhere, so that the same build works at the root, under a sub-path and behind a proxy.
  base: './',
  plugins: [preact()],
  build: {
    target: 'es2022',
    // The content security policy allows no inline script, so nothing may be injected into the page.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 400,
  },
  server: { proxy: { '/api': `http://localhost:${process.env.AUDIORELAY_PORT ?? '16000'}` } },
  test: {
    environment: 'node',
    include: ['tests/**/*.test.ts'],
    // Separate processes, so that a test may set its own time zone.
    pool: 'forks',
  },
});

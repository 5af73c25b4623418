import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const server_url = process.env.TANDEM_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/native': { target: server_url, changeOrigin: false } },
  },
  build: {
    outDir: 'dist',
    target: 'es2022',
    chunkSizeWarningLimit: 600,
    assetsInlineLimit: 0,
  },
  test: { environment: 'jsdom', isolate: false, unstubGlobals: true, include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'] },
});

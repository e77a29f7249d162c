import { fileURLToPath } from 'node:url'
import optimizeLocales from '@react-aria/optimize-locales-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: folder('.'),
  plugins: [react(), optimizeLocales.vite({ locales: ['en-US', 'ja-JP'] })],
  build: {
    outDir: folder('../dist/hub'),
    emptyOutDir: true,
    target: 'es2023',
    manifest: true,
    // The Content-Security-Policy allows no fonts in data: URLs, and no script that is not a file.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // A schema that spreads the fields of another is dropped where the page does not use it.
    rolldownOptions: { treeshake: { propertyReadSideEffects: false } },
  },
})

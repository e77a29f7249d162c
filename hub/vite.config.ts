import { fileURLToPath } from 'node:url'
import optimizeLocales from '@react-aria/optimize-locales-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig, type UserConfig } from 'vite'
import { guides } from './build/guides.ts'
import { subsetFonts } from './build/subset-fonts.ts'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig(
  async (): Promise<UserConfig> => ({
    root: folder('.'),
    resolve: { alias: { 'subset-fonts.css': await subsetFonts() } },
    plugins: [react(), guides(), optimizeLocales.vite({ locales: ['en-US', 'ja-JP'] })],
    build: {
      outDir: folder('../dist/hub'),
      emptyOutDir: true,
      target: 'es2023',
      manifest: true,
      // The Content-Security-Policy forbids fonts in data: URLs and inline scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      // Lets the bundler drop a schema that spreads the fields of another one, if the page does not use it.
      rolldownOptions: { treeshake: { propertyReadSideEffects: false } },
    },
  }),
)

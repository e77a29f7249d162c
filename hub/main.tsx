import 'subset-fonts.css'
import '@fontsource-variable/noto-sans-jp/wght.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/print.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { makeQueryClient } from './api/query-client.ts'
import { App } from './app.tsx'
import { loadConfig } from './config.ts'
import { startI18n } from './i18n.ts'
import { isSessionless } from './routes.tsx'
import { openSession } from './session/session.ts'

await startI18n()
const queries = makeQueryClient()
const opening = isSessionless(location.pathname) ? Promise.resolve(undefined) : open()

async function open() {
  const config = await loadConfig()
  const session = await openSession(config)
  return session && { config, session }
}

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no root')
createRoot(root).render(
  <StrictMode>
    <App opening={opening} queries={queries} />
  </StrictMode>,
)

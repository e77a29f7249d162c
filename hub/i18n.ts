import i18next, { type BackendModule } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from '../core/texts/texts-model.ts'

export const languages: readonly Language[] = ['en', 'ja']

const savedAs = 'tollgate.language'
const files = import.meta.glob<Record<string, unknown>>('./locales/*/*.json', { import: 'default' })

/** A file per language and page, loaded when the page is. */
const backend: BackendModule = {
  type: 'backend',
  init: () => {},
  read(language, namespace, done) {
    const load = files[`./locales/${language}/${namespace}.json`]
    if (load === undefined) return done(new Error(`no texts ${language}/${namespace}`), false)
    load().then(
      (texts) => done(null, texts),
      (cause) => done(cause, false),
    )
  },
}

/** Loads the texts in the language that was chosen before, or else in the browser's language. */
export async function startI18n(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language
  })
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: firstLanguage(),
      supportedLngs: [...languages],
      fallbackLng: false,
      ns: ['layout', 'terms'],
      defaultNS: 'layout',
      interpolation: { escapeValue: false },
    })
  // Another tab reports its choice with this event.
  window.addEventListener('storage', ({ key, newValue }) => {
    const chosen = languages.find((language) => language === newValue)
    if (key === savedAs && chosen !== undefined) void i18next.changeLanguage(chosen)
  })
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(savedAs, language)
  await i18next.changeLanguage(language)
}

export function languageNow(): Language {
  return i18next.language === 'ja' ? 'ja' : 'en'
}

function firstLanguage(): Language {
  const wishes = [localStorage.getItem(savedAs) ?? '', ...navigator.languages]
  const known = wishes.map((wish) => languages.find((language) => wish.split('-')[0] === language))
  return known.find((language) => language !== undefined) ?? 'en'
}

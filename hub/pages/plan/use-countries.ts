import { useTranslation } from 'react-i18next'

/** The names of countries in the page's language, in its alphabetical order. */
export function useCountries() {
  const { i18n } = useTranslation()
  const { language } = i18n
  const display = new Intl.DisplayNames(language, { type: 'region' })
  const name = (country: string) => display.of(country) ?? country
  return {
    name,
    names: (countries: readonly string[]) =>
      countries.map(name).toSorted(new Intl.Collator(language).compare),
  }
}

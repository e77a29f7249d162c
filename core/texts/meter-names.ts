import type { Language } from './texts-model.ts'

/** Names of the launch card's meters, as the hub page and documents show them. */
export const meterNames: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    'automation-autocad': 'Automation API: AutoCAD',
    'automation-inventor': 'Automation API: Inventor',
    'automation-revit': 'Automation API: Revit',
    'automation-3dsmax': 'Automation API: 3ds Max',
    'automation-fusion': 'Automation API: Fusion',
    'model-derivative-complex-job': 'Model Derivative API: complex jobs',
    'model-derivative-simple-job': 'Model Derivative API: simple jobs',
    'model-derivative-basic': 'Model Derivative API: Basic Interactions',
    'flow-graph-engine': 'Flow Graph Engine API',
    'reality-capture': 'Reality Capture API',
  },
  ja: {
    'automation-autocad': 'Automation API: AutoCAD',
    'automation-inventor': 'Automation API: Inventor',
    'automation-revit': 'Automation API: Revit',
    'automation-3dsmax': 'Automation API: 3ds Max',
    'automation-fusion': 'Automation API: Fusion',
    'model-derivative-complex-job': 'Model Derivative API: コンプレックスの変換ジョブ',
    'model-derivative-simple-job': 'Model Derivative API: シンプルの変換ジョブ',
    'model-derivative-basic': 'Model Derivative API: 基本的な対話',
    'flow-graph-engine': 'Flow Graph Engine API',
    'reality-capture': 'Reality Capture API',
  },
}

/** The name of a meter in a language; undefined for a meter without a text. */
export function meterName(meter: string, language: Language): string | undefined {
  const names = meterNames[language]
  return Object.hasOwn(names, meter) ? names[meter] : undefined
}

declare module 'subset-font' {
  export interface SubsetOptions {
    readonly targetFormat: 'woff2'
    readonly variationAxes: Readonly<Record<string, { readonly min: number; readonly max: number }>>
    /** OpenType features that stay in the font. */
    readonly keepFeatures: readonly string[]
    /** Leaves out glyphs that only a feature can show. */
    readonly noLayoutClosure: boolean
    readonly noHinting: boolean
    readonly dropTables: readonly string[]
  }
  export default function subsetFont(font: Buffer, text: string, options: SubsetOptions): Promise<Buffer>
}

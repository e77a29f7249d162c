/** The type of a file as the price of its translation knows it. */
export type FileType = 'complex' | 'simple'

/** Extensions of Revit, Navisworks and IFC files (aps-facts, section 9). */
const complex = ['ifc', 'nwc', 'nwd', 'rvt']

/** Extensions of the other files that the Model Derivative API translates. Archives are missing: they count as their root file. */
const simple = [
  ...['3dm', '3ds', 'asm', 'axm', 'brd', 'cam360', 'catpart', 'catproduct', 'cgr', 'collaboration'],
  ...['dae', 'ddx', 'ddz', 'dgk', 'dgn', 'dlv3', 'dmt', 'dwf', 'dwfx', 'dwg', 'dwt', 'dxf', 'emodel'],
  ...['exp', 'f2d', 'f3d', 'fbrd', 'fbx', 'fsch', 'g', 'gbxml', 'glb', 'gltf', 'iam', 'idw', 'ifw'],
  ...['ige', 'iges', 'igs', 'ipt', 'iwm', 'jt', 'max', 'mfr', 'model', 'mpf', 'msr', 'neu', 'obj'],
  ...['osb', 'par', 'pdf', 'pmlprj', 'pmlprjz', 'prt', 'psm', 'psmodel', 'rcp', 'sab', 'sat', 'sch'],
  ...['session', 'skp', 'sldasm', 'sldprt', 'smb', 'smt', 'ste', 'step', 'stl', 'stla', 'stlb', 'stp'],
  ...['stpz', 'vpb', 'vue', 'wire', 'x_b', 'x_t', 'xas', 'xpr'],
]

const types = new Map<string, FileType>([
  ...complex.map((extension) => [extension, 'complex'] as const),
  ...simple.map((extension) => [extension, 'simple'] as const),
])

/** Creo numbers the saved states of its files: `part.prt.12`. */
const numbered = /\.(asm|neu|prt)\.\d+$/i

/** The type of a file by its name, in which characters may be encoded; undefined where its extension is not known. */
export function fileTypeOf(name: string): FileType | undefined {
  const decoded = name.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  const file = (decoded.split(/[/\\]/).at(-1) ?? '').replace(numbered, '.$1')
  const dotAt = file.lastIndexOf('.')
  return dotAt > 0 ? types.get(file.slice(dotAt + 1).toLowerCase()) : undefined
}

/** The code of an error of the system or of zlib, `EACCES` or `Z_DATA_ERROR`; nothing for other errors. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The version of the package; the bundler puts it in. */
export const VERSION: string = process.env.CASEFILE_VERSION ?? '0.0.0-development';

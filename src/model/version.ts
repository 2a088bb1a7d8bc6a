/** The minor number of a Kubernetes version: 34 of `v1.34.2+rke2r1`. */
export function minorOf(version: string | undefined): number | undefined {
  const minor = /^v?1\.(\d+)/.exec(version ?? '')?.[1];
  return minor === undefined ? undefined : Number(minor);
}

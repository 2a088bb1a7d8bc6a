const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** Reads a Kubernetes quantity (`1500m`, `1.5Gi`, `1e3`) in base units: cores, bytes, pieces; nothing for other text. */
export function parseQuantity(quantity: string | undefined): number | undefined {
  const parts = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]))?$/.exec(
    quantity ?? '',
  );
  if (!parts) return undefined;
  const [, digits = '', exponent = '', suffix = ''] = parts;
  return Number(digits + exponent) * (SUFFIXES[suffix] ?? Number.NaN);
}

/** Bytes as people write them: `58Mi`, `1.5Gi`. */
export function formatBytes(bytes: number): string {
  for (const unit of ['Ti', 'Gi', 'Mi', 'Ki'] as const) {
    const size = SUFFIXES[unit] ?? 1;
    if (bytes >= size) return `${round(bytes / size)}${unit}`;
  }
  return String(Math.round(bytes));
}

/** Cores as people write them: `250m`, `1.5`. */
export function formatCores(cores: number): string {
  return cores < 1 ? `${Math.round(cores * 1000)}m` : String(round(cores));
}

function round(amount: number): number {
  return amount >= 100 ? Math.round(amount) : Math.round(amount * 10) / 10;
}

import type { ContainerFact } from './containers.ts';

/** The host that an image is pulled from: its first part where that looks like a host, else Docker Hub; '' for no image. */
export function registryOf(image: string): string {
  if (image === '') return '';
  const first = image.split('/')[0] ?? '';
  return image.includes('/') && (/[.:]/.test(first) || first === 'localhost') ? first : 'docker.io';
}

/** Where texts about a pull name the host that was asked, and then the image. */
const HOSTS = [
  /https?:\/\/(?<host>[^/\s"]+)\/v[12]\//,
  /pinging (?:container|docker) registry (?<host>[^\s":]+(?::\d+)?)/,
  /from host (?<host>\S+) failed with status/,
];
const IMAGES = [
  /(?:image|reference) "(?<image>[^"\s]+)"/,
  /(?:initializing source docker:\/\/|reading manifest \S+ in )(?<image>[^\s"]+?):?(?:\s|$)/i,
];

/** The registry that a text about a pull speaks of: the host that was asked, else the image's; nothing when it names none. */
export function registryIn(text: string): string | undefined {
  for (const pattern of HOSTS) {
    const host = pattern.exec(text)?.groups?.host;
    if (host) return host;
  }
  const image = imageIn(text);
  return image && registryOf(image);
}

/** The image that a text about a pull names. */
export function imageIn(text: string): string | undefined {
  for (const pattern of IMAGES) {
    const image = pattern.exec(text)?.groups?.image;
    if (image) return image;
  }
  return undefined;
}

/** Whether a container waits because its image cannot be pulled. */
export function isPullFailing({ status }: ContainerFact): boolean {
  return /^(?:ErrImagePull|ImagePullBackOff)$/.test(status?.state.waiting?.reason ?? '');
}

/** The registries from which containers try to pull just now and fail. */
export function failingRegistries(containers: readonly ContainerFact[]): ReadonlySet<string> {
  const failing = new Set<string>();
  for (const container of containers) {
    const image = container.spec?.image;
    if (image && isPullFailing(container)) failing.add(registryOf(image));
  }
  return failing;
}

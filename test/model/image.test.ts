import { describe, expect, it } from 'vitest';
import { registryIn, registryOf } from '../../src/model/image.ts';

describe('the registry of an image', () => {
  it.each([
    ['registry.airgap.local:5000/shop/cart:4.0.2', 'registry.airgap.local:5000'],
    ['localhost/shop/cart', 'localhost'],
    ['shop/cart:9', 'docker.io'],
    ['nginx', 'docker.io'],
    ['', ''],
  ])('%s is pulled from %s', (image, registry) => {
    expect(registryOf(image)).toBe(registry);
  });
});

describe('the registry that a text about a pull speaks of', () => {
  it.each([
    [
      'failed to resolve reference "docker.io/shop/cart:9": failed to do request: Head "https://registry-1.docker.io/v2/shop/cart/manifests/9": EOF',
      'registry-1.docker.io',
    ],
    ['pinging container registry reg.local:5000: Get "x"', 'reg.local:5000'],
    ['pulling from host reg.local failed with status code [manifests 9]: 401 Unauthorized', 'reg.local'],
    ['Failed to pull image "reg.local:5000/shop/cart:9": not found', 'reg.local:5000'],
    ['reading manifest 9 in reg.local:5000/shop/cart: manifest unknown', 'reg.local:5000'],
    ['Error: ErrImagePull', undefined],
  ])('%s', (text, registry) => {
    expect(registryIn(text)).toBe(registry);
  });
});

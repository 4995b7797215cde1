import type { AppModel } from '../../model/app';
import type { ImageAsset } from '../../model/asset';
import { architectureOf } from '../../model/function-package';
import { imageOf } from '../../model/image';
import type { Resource } from '../../model/resource';

type Architecture = NonNullable<ReturnType<typeof architectureOf>>;

/** What Docker calls the architectures of Lambda, and others. */
const NAMES = new Map<string, Architecture | 'another'>([
  ...['amd64', 'x86_64', 'x86-64'].map((name) => [name, 'x86_64'] as const),
  ...['arm64', 'aarch64'].map((name) => [name, 'arm64'] as const),
  ...['386', 'i386', 'arm', 'armhf', 'armel', 'ppc64le', 's390x', 'riscv64', 'loong64', 'mips64le'].map((name) => [name, 'another'] as const),
]);

/** The platform that images for an architecture are built for. */
export const PLATFORM: Record<Architecture, string> = { x86_64: 'linux/amd64', arm64: 'linux/arm64' };

/** The functions of images that Docker builds with the app. */
export function* builtImages(app: AppModel): Generator<{ readonly fn: Resource; readonly asset: ImageAsset }> {
  for (const fn of app.ofType('AWS::Lambda::Function')) {
    const asset = imageOf(fn)?.asset;
    if (asset?.builder === 'docker') yield { fn, asset };
  }
}

/** Several platforms in one image: an index of images. */
export function isIndex(platform: string): boolean {
  return platform.includes(',');
}

/** Whether an image of one platform runs on an architecture: `linux/arm64`, `linux/arm64/v8`, `arm64`. */
export function runsOn(platform: string, architecture: Architecture): boolean | undefined {
  const parts = platform.trim().toLowerCase().split('/');
  const [os, name] = parts.length === 1 ? ['linux', parts[0]] : parts;
  if (os !== 'linux') return false;
  const known = NAMES.get(name);
  return known === undefined ? undefined : known === architecture;
}

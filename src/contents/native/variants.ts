/**
 * Packages bring one binary for each platform and choose when they are loaded: in folders (`prebuilds/linux-x64/`), in
 * packages of their own (`@esbuild/linux-x64`), in the names of files. Those that differ in such words alone are variants
 * of one.
 */

const MACHINES = 'x64|x86[-_]64|x86|amd64|ia32|i[3-6]86|386|x32|arm64v8|arm64ec|arm64|aarch[-_]?64(?:_be)?|arm[-_]?v[5-8]l?|armhf|armel|arm|ppc64(?:le|el)?|powerpc64(?:le)?'
  + '|s390x|riscv64(?:gc)?|riscv32|loong(?:arch)?64|mips(?:64)?(?:el|r6)*|universal2?|(?:32|64)(?:bit)?';
const SYSTEMS = 'linux(?:glibc|musl|32|64)?|manylinux[\\d_]*|musllinux[\\d_]*|alpine|debian|ubuntu|rhel|amzn\\d*|darwin|macosx?|osx|mac|apple|win(?:32|64|dows)?|cygwin'
  + '|freebsd|openbsd|netbsd|sunos|solaris|android|ios|aix|unknown|pc';
const LIBRARIES = 'glibc|musl|gnu|msvc|(?:gnu|musl)?eabi(?:hf)?|openssl-\\d[.\\d]*\\.x';
const RUNTIMES = 'cpython-\\d+t?|cp\\d+|abi3|pypy\\d+(?:-pp\\d+)?|abi\\d+|(?:node|electron)(?:[-.]?v?\\d+)?|napi(?:-v\\d+)?';

/** Words that name a platform, between separators. */
const PLATFORM = new RegExp(`(?<=^|[-_.+@/])(?:${MACHINES}|${SYSTEMS}|${LIBRARIES}|${RUNTIMES})(?=$|[-_.+@/])`, 'gi');

/** What ends the name of a library: an extension that differs by system, a version, a number behind an ABI. */
const ENDINGS = /((\.(so(\.\d+)*|node|pyd|bundle|dylib))+|-\d{2,3}\.node)$/i;

/** The folder of libraries that a wheel brings along, under names that differ by platform: `numpy.libs/libgfortran-040039e1.so.5`. */
const WHEEL_LIBRARIES = /\.libs\/.*/;

/** Where packages are in a folder or layer: the same package may be in either. */
const HOMES = /^(.*\/)?node_modules\/|^nodejs\/(node\d+\/)?|^python\/(lib\/python3\.\d+\/site-packages\/)?/;

/** A name that all variants of a binary have in common. */
export function variantKey(path: string): string {
  const name = path.replace(HOMES, '').replace(ENDINGS, '').replace(WHEEL_LIBRARIES, '.libs').toLowerCase();
  return name.split('/').map((part) => part.replace(PLATFORM, '').replace(/[-_.+@]/g, '')).filter((part) => part !== '').join('/');
}

/** Whether a path says for which platform its file is. */
export function namesPlatform(path: string): boolean {
  return path.replace(HOMES, '').replace(ENDINGS, '').search(PLATFORM) >= 0;
}

/** A name that all platform packages of a package have in common: the first folder, of a scope the second too. */
export function packageKey(path: string): string {
  const [first, second] = path.replace(HOMES, '').split('/');
  return variantKey(first.startsWith('@') ? `${first}/${second}` : first);
}

import { namesPlatform, packageKey, variantKey } from '../../../src/contents/native/variants';

/** Paths of real packages: each line is one binary for several platforms. */
const VARIANTS: readonly (readonly string[])[] = [
  ['node_modules/@esbuild/linux-x64/bin/esbuild', 'node_modules/@esbuild/linux-arm64/bin/esbuild', 'nodejs/node_modules/@esbuild/darwin-arm64/bin/esbuild'],
  ['node_modules/@img/sharp-linux-x64/lib/sharp-linux-x64-0.35.5.node', 'node_modules/@img/sharp-linuxmusl-arm64/lib/sharp-linuxmusl-arm64-0.35.5.node', 'node_modules/@img/sharp-win32-x64/lib/sharp-win32-x64-0.35.5.node'],
  ['@img/sharp-libvips-linux-x64/lib/libvips-cpp.so.8.18.7', '@img/sharp-libvips-linux-arm64/lib/libvips-cpp.so.42'],
  ['@swc/core-linux-x64-gnu/swc.linux-x64-gnu.node', '@swc/core-linux-arm64-musl/swc.linux-arm64-musl.node', '@swc/core-linux-arm-gnueabihf/swc.linux-arm-gnueabihf.node'],
  ['prebuilds/linux-x64/node.napi.glibc.node', 'prebuilds/linux-arm64/node.napi.armv8.node', 'prebuilds/darwin-x64+arm64/node.napi.node', 'prebuilds/linux-x64/node.abi115.musl.node', 'prebuilds/linux-x64/electron.abi116.node', 'prebuilds/linux-arm64/node-115.node'],
  ['prebuilds/linuxglibc-x64/dd_pprof.node', 'prebuilds/linuxmusl-arm64/dd_pprof.node'],
  ['lib/sentry_cpu_profiler-linux-x64-glibc-115.node', 'lib/sentry_cpu_profiler-darwin-arm64-127.node'],
  ['lib/binding/node-v115-linux-x64/sqlite3.node', 'lib/binding/napi-v6-darwin-unknown-arm64/sqlite3.node'],
  ['bin/napi-v6/linux/x64/onnxruntime_binding.node', 'bin/napi-v6/win32/arm64/onnxruntime_binding.node'],
  ['dist/bin/linux-x64-glibc/aws-crt-nodejs.node', 'dist/bin/darwin-arm64/aws-crt-nodejs.node'],
  ['libquery_engine-rhel-openssl-3.0.x.so.node', 'libquery_engine-linux-arm64-openssl-3.0.x.so.node', 'libquery_engine-darwin-arm64.dylib.node'],
  ['schema-engine-debian-openssl-1.1.x', 'schema-engine-darwin'],
  ['turbo-linux-64/bin/turbo', 'turbo-linux-arm64/bin/turbo'],
  ['numpy/_core/_umath.cpython-312-x86_64-linux-gnu.so', 'numpy/_core/_umath.cpython-313t-aarch64-linux-musl.so', 'numpy/_core/_umath.cpython-312-darwin.so', 'numpy/_core/_umath.cp312-win_amd64.pyd', 'python/lib/python3.12/site-packages/numpy/_core/_umath.abi3.so', 'python/numpy/_core/_umath.so'],
  ['numpy.libs/libgfortran-040039e1-0352e75f.so.5.0.0', 'numpy.libs/libgfortran-daac5196-038a5e3c.so.5.0.0'],
  ['com/sun/jna/linux-x86-64/libjnidispatch.so', 'com/sun/jna/linux-aarch64/libjnidispatch.so', 'com/sun/jna/freebsd-x86-64/libjnidispatch.so'],
  ['META-INF/native/libnetty_transport_native_epoll_x86_64.so', 'META-INF/native/libnetty_transport_native_epoll_aarch_64.so'],
  ['org/sqlite/native/Linux/x86_64/libsqlitejdbc.so', 'org/sqlite/native/Linux-Musl/aarch64/libsqlitejdbc.so', 'org/sqlite/native/Linux-Android/arm/libsqlitejdbc.so'],
  ['runtimes/linux-x64/native/libSkiaSharp.so', 'runtimes/linux-musl-arm64/native/libSkiaSharp.so'],
  ['gems/nokogiri-1.16.0-x86_64-linux/lib/nokogiri/3.3/nokogiri.so', 'gems/nokogiri-1.16.0-arm64-darwin/lib/nokogiri/3.3/nokogiri.bundle'],
];

test.each(VARIANTS.map((paths) => [paths[0], paths] as const))('%s has variants', (_, paths) => {
  expect([...new Set(paths.map(variantKey))]).toHaveLength(1);
});

test('no two of these binaries are taken for one', () => {
  const keys = VARIANTS.map(([path]) => variantKey(path));
  expect(keys).toEqual([...new Set(keys)]);
});

test.each([
  ['node_modules/bcrypt/prebuilds/linux-x64/bcrypt.node', true],
  ['node_modules/@esbuild/darwin-arm64/bin/esbuild', true],
  ['node_modules/fsevents/fsevents.node', false],
  ['node_modules/linux/build/Release/a.node', true],
  ['harmless/winter.node', false],
])('%s names a platform: %s', (path, expected) => {
  expect(namesPlatform(path)).toBe(expected);
});

test('platform packages belong to one package', () => {
  expect(packageKey('node_modules/@esbuild/linux-x64/bin/esbuild')).toBe(packageKey('a/node_modules/@esbuild/darwin-arm64/bin/esbuild'));
  expect(packageKey('node_modules/node-pty/prebuilds/win32-x64/conpty.node')).toBe(packageKey('node_modules/node-pty/build/Release/pty.node'));
  expect(packageKey('node_modules/@a/b/c.node')).not.toBe(packageKey('node_modules/@a/d/c.node'));
});

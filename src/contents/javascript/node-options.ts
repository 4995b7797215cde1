/** Options of Node.js that change nothing about what is loaded and how. */
const HARMLESS = new RegExp(`^(${[
  '--enable-source-maps', '--max[-_]old[-_]space[-_]size=\\d+', '--max[-_]semi[-_]space[-_]size=\\d+', '--stack[-_]trace[-_]limit=\\d+',
  '--stack-size=\\d+', '--max-http-header-size=\\d+', '--no-deprecation', '--no-warnings', '--trace-(deprecation|warnings|uncaught)',
  '--unhandled-rejections=\\w+', '--dns-result-order=\\w+', '--tls-[\\w.=-]+', '--use-(openssl|bundled|system)-ca', '--throw-deprecation',
  '--(no-)?network-family-autoselection',
].join('|')})$`);

/**
 * Whether NODE_OPTIONS leaves loading as it is: it may load other modules first, or have ES modules found by their syntax.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html#nodejs-experimental-features
 */
export function hasOnlyHarmlessOptions(environment: ReadonlyMap<string, string | undefined>): boolean {
  if (!environment.has('NODE_OPTIONS')) return true;
  const options = environment.get('NODE_OPTIONS');
  return options !== undefined && options.split(/\s+/).every((option) => option === '' || HARMLESS.test(option));
}

import * as fc from 'fast-check';
import { RUBY_PACKAGES } from './ruby-packages';
import { UnpackedOptions, unpackedOf } from './unpacked-of';
import { judgeRuby } from '../../../src/contents/handlers/ruby';

const HANDLER = 'def handler(event:, context:)\n  event\nend\n';

function verdictOf(options: UnpackedOptions): string {
  const verdict = judgeRuby(unpackedOf({ runtime: 'ruby3.4', handler: 'app.handler', ...options }));
  return verdict.kind === 'fails' ? `fails: ${verdict.fault}` : verdict.kind;
}

test.each(RUBY_PACKAGES.map((row) => [row.title, row] as const))('%s', (_, { handler, files, verdict }) => {
  expect(verdictOf({ handler, files })).toBe(verdict);
});

test.each<[string, UnpackedOptions, string]>([
  ['one folder too deep', { files: { 'src/app.rb': HANDLER } }, "a method in a file of the code, got 'app.handler': there is no app.rb, but src/app.rb, which is 'src/app.handler'"],
  ['another case', { files: { 'app.rb': '' }, handler: 'App.Api.run' }, "a method in a file of the code, got 'App.Api.run': there is no App.rb, but app.rb, which is 'app.Api.run'"],
  ['nothing alike', { files: { 'main.rb': '' } }, "a method in a file of the code, got 'app.handler': there is no app.rb"],
  ['another method', { files: { 'app.rb': 'def run\nend\n  def self.my_handler\n  end\n' }, handler: 'app.start' }, "a method that its file defines, got 'app.start': app.rb has my_handler, run"],
  ['no method', { files: { 'app.rb': '' } }, "a method that its file defines, got 'app.handler': app.rb has no method"],
  ['many methods', { files: { 'app.rb': [1, 2, 3, 4, 5, 6].map((n) => `def m${n}; end`).join('\n') } }, "a method that its file defines, got 'app.handler': app.rb has m1, m2, m3, m4, m5 and others"],
  ['no form', { handler: 'app' }, "'<file>.<method>' or '<file>.<Class>.<method>', got 'app'"],
])('it is said what is wrong: %s', (_, options, message) => {
  const verdict = judgeRuby(unpackedOf({ handler: 'app.handler', ...options }));
  expect(verdict.kind === 'fails' && `${verdict.allowed}, got ${verdict.got}`).toBe(message);
});

test.each<[string, UnpackedOptions]>([
  ['a layer is not known', { optIsWhole: false }],
  ['a layer has the file', { layers: { 'ruby/lib/app.rb': HANDLER } }],
  ['a gem of the code has the file', { files: { 'vendor/bundle/ruby/3.4.0/gems/app-1.0.0/lib/app.rb': HANDLER } }],
  ['a gem of a layer has the file', { layers: { 'ruby/gems/3.4.0/gems/app-1.0.0/lib/app.rb': HANDLER } }],
  ['it is native', { files: { 'app.so': '' } }],
  ['Ruby has such a file', { handler: 'logger.handler' }],
  ['the runtime has such a file', { handler: 'aws-sdk-s3.handler' }],
  ['the file is outside of the code', { handler: '/mnt/app.handler' }],
  ['the file is in a home', { handler: '~/app.handler' }],
  ['a variable adds folders', { environment: { RUBYLIB: '/opt/more' } }],
  ['a variable loads something before', { environment: { RUBYOPT: undefined } }],
  ['the file cannot be read', { files: { 'app.rb': { bytes: 3 } } }],
  ['the file is large', { files: { 'app.rb': { content: '', bytes: 2_000_000 } } }],
  ['the handler has other letters', { handler: 'äpp.handler' }],
  ['all objects have such a method', { handler: 'app.puts', files: { 'app.rb': '' } }],
  ['all classes have such a method', { handler: 'app.Api.new', files: { 'app.rb': 'class Api; end' } }],
  ['a gem is required', { files: { 'app.rb': "require 'sinatra'\n" } }],
])('nothing is said if %s', (_, options) => {
  expect(verdictOf(options)).toBe('unclear');
});

test('a path from the root of the code', () => {
  expect(verdictOf({ handler: '/var/task/app.handler', files: { 'app.rb': HANDLER } })).toBe('starts');
});

test('links lead anywhere', () => {
  const unpacked = unpackedOf({ handler: 'src/app.handler', files: { 'src': 'other', 'app.rb': 'main.rb' } });
  unpacked.task.files.forEach((file) => Object.assign(file, { isLink: true }));
  expect(judgeRuby(unpacked).kind).toBe('unclear');
  expect(judgeRuby({ ...unpacked, handler: 'app.handler' }).kind).toBe('unclear');
});

test('nothing is thrown, whatever is in the package', () => {
  const handler = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('app.handler', 'app.A::B.handler', 'app.(.handler', 'app.[a-', 'app.A*.x'));
  fc.assert(fc.property(handler, fc.string({ unit: 'binary' }), (name, text) => {
    expect(['starts', 'fails', 'unclear']).toContain(judgeRuby(unpackedOf({ handler: name, files: { 'app.rb': text } })).kind);
  }), { numRuns: 500 });
});

test('nothing takes long', () => {
  const started = performance.now();
  for (const text of ['=begin\n'.repeat(50_000), '__END__'.repeat(50_000), 'require ('.repeat(50_000), 'def '.repeat(100_000), ' '.repeat(500_000)]) {
    verdictOf({ files: { 'app.rb': text } });
  }
  expect(performance.now() - started).toBeLessThan(30_000);
});

import * as fs from 'fs';
import * as path from 'path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { main } from '../../src/cli/main';
import { tempFolder } from '../fixtures/temp-folder';

/** What a command line prints, and its exit code. */
function run(...args: string[]) {
  const printed = { out: '', err: '' };
  const code = main(args, { out: (text) => { printed.out += text; }, err: (text) => { printed.err += text; } });
  return { code, ...printed };
}

/** The folder of a synthesized app with one function. */
function assembly(outdir = tempFolder()): string {
  const app = new App({ outdir, analyticsReporting: false });
  new CfnResource(new Stack(app, 'Shop'), 'Orders', { type: 'AWS::Lambda::Function', properties: { Runtime: 'nodejs22.x', Code: { ZipFile: 'x' } } });
  app.synth();
  return outdir;
}

describe('summary', () => {
  test('prints a text for people', () => {
    const { code, out, err } = run('summary', assembly());
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Shop \(any account, any Region\): 1 function\n=+\n\nShop\/Orders {2}\[Orders\]\n/);
  });

  test('--json prints data', () => {
    const { code, out, err } = run('summary', '--json', assembly());
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/\}\n$/);
    expect(JSON.parse(out)).toMatchObject({ stacks: [{ stack: 'Shop', functions: [{ name: 'Shop/Orders', logicalId: 'Orders', runtime: 'nodejs22.x' }], helpers: [] }] });
  });

  test('takes options in any place', () => {
    const folder = assembly();
    expect(run('--json', 'summary', folder)).toEqual(run('summary', folder, '--json'));
  });

  test('reads cdk.out beneath the current folder by default', () => {
    const project = tempFolder();
    assembly(path.join(project, 'cdk.out'));
    const before = process.cwd();
    try {
      process.chdir(project);
      expect(run('summary')).toMatchObject({ code: 0, out: expect.stringContaining('Shop/Orders') });
    } finally {
      process.chdir(before);
    }
  });

  test('-c tells the quota of an account, in place of what the assembly says', () => {
    const key = 'cdk-event-functions:quota:unknown-account:unknown-region';
    const folder = assembly();
    expect(run('summary', folder).out).toContain(`quota           1,000  AWS's default; new accounts have 10 or 50: tell what it is with -c ${key}=<number>`);
    expect(run('summary', '-c', `${key}=50`, folder).out).toContain('quota              50  as the context says');
    expect(run('summary', folder, '--context', `${key}=50`, '-c', 'cdk-event-functions:quota:111122223333:eu-west-1=10', '--json').out).toContain('"quota": 50');
  });

  test('of an app without functions says so and is no failure', () => {
    const app = new App({ outdir: tempFolder(), analyticsReporting: false });
    new CfnResource(new Stack(app, 'Shop'), 'Queue', { type: 'AWS::SQS::Queue' });
    app.synth();
    expect(run('summary', app.outdir)).toEqual({ code: 0, out: 'No Lambda functions in this app.\n', err: '' });
  });
});

describe('help', () => {
  test.each([['--help'], ['-h'], ['summary', '--help'], ['no-such-command', '--help']])('is printed for %s %s, and is no failure', (...args) => {
    const { code, out, err } = run(...args.filter((arg) => arg !== undefined));
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Usage: cdk-event-functions summary \[--json\] \[cdk\.out\]\n/);
  });
});

describe('a wrong call', () => {
  test.each<[string[], string]>([
    [[], "there is no command ''"],
    [['deploy'], "there is no command 'deploy'"],
    [['summary', 'a', 'b'], "there is no command 'summary a b'"],
    [['summary', '--yaml'], "Unknown option '--yaml'"],
    [['summary', '--json=yes'], "Option '--json' does not take an argument"],
  ])('fails if the arguments are %j: prints why and how, exits with 2', (args, reason) => {
    const { code, out, err } = run(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^cdk-event-functions: /);
    expect(err).toContain(reason);
    expect(err).toContain('\n\nUsage: cdk-event-functions summary');
  });
});

test.each([
  'cdk-event-functions:quota:unknown-account:unknown-region',
  'cdk-event-functions:quota:unknown-account:unknown-region=',
  'cdk-event-functions:quota:unknown-account:unknown-region=many',
  'cdk-event-functions:quota:unknown-account:unknown-region=-1',
  'cdk-event-functions:quota:unknown-account:unknown-region=0.5',
  'cdk-event-functions:quota:111122223333=50',
  'cdk-event-functions:quota:111122223333:=50',
  'cdk-event-functions:rules=false',
  '=50',
  '',
])('fails if a quota is told as %j', (context) => {
  const { code, err } = run('summary', '-c', context, assembly());
  expect(code).toBe(2);
  expect(err).toContain(`cdk-event-functions: '-c' must be cdk-event-functions:quota:<account>:<region>=<number>, got '${context}'`);
});

describe('a folder that cannot be read', () => {
  /** The message that is printed, without the usage; no stack trace, no data. */
  function message(folder: string): string {
    const { code, out, err } = run('summary', folder);
    expect([code, out]).toEqual([2, '']);
    expect(err).not.toMatch(/^\s+at /m);
    return err.split('\n\nUsage:')[0];
  }

  test('fails if it has no manifest, or is not there', () => {
    for (const folder of [tempFolder(), path.join(tempFolder(), 'gone')]) {
      expect(message(folder)).toBe(`cdk-event-functions: '${folder}' is not a cloud assembly: it has no manifest.json; run 'cdk synth' first, or name the folder it wrote`);
    }
  });

  test('fails if it is a file', () => {
    expect(message(path.join(tempFolder({ 'template.json': '{}' }), 'template.json'))).toContain('is not a cloud assembly');
  });

  test.each(['', '{', 'no JSON', '{}', '[]', 'null'])('fails if its manifest is %j, and says which file', (manifest) => {
    expect(message(tempFolder({ 'manifest.json': manifest }))).toMatch(/^cdk-event-functions: .*manifest\.json/);
  });

  test('fails if its manifest is of a newer CDK, and says so', () => {
    expect(message(tempFolder({ 'manifest.json': '{"version":"999.0.0"}' }))).toMatch(/^cdk-event-functions: .*999\.0\.0/);
  });

  test('fails if its manifest is cut off, without printing what is left of it', () => {
    const manifest = fs.readFileSync(path.join(assembly(), 'manifest.json'), 'utf8');
    expect(message(tempFolder({ 'manifest.json': manifest.slice(0, -10) })).length).toBeLessThan(500);
  });

  test('fails if a template of the manifest is gone', () => {
    const folder = assembly();
    fs.rmSync(path.join(folder, 'Shop.template.json'));
    expect(message(folder)).toContain('Shop.template.json');
  });

  test('fails if a template is no JSON, and names it', () => {
    const folder = assembly();
    fs.writeFileSync(path.join(folder, 'Shop.template.json'), 'no JSON');
    expect(message(folder)).toContain('Shop.template.json');
  });
});

/** A package of a Ruby function, what is said of it, and what AWS's runtime interface client does. */
export interface RubyPackage {
  readonly title: string;
  readonly handler: string;
  readonly files: Readonly<Record<string, string>>;
  readonly verdict: 'starts' | 'unclear' | 'fails: form' | 'fails: file' | 'fails: function';
  /** Whether it answers an event. */
  readonly answers: boolean;
}

const HANDLER = 'def handler(event:, context:)\n  event\nend\n';
const CLASS = 'module Orders\n  class Api\n    def self.handler(event:, context:)\n      event\n    end\n  end\nend\n';

export const RUBY_PACKAGES: readonly RubyPackage[] = [
  good('a method', 'app.handler', { 'app.rb': HANDLER }),
  good('in a folder', 'src/app.handler', { 'src/app.rb': HANDLER }),
  good('in a folder with two slashes', 'src//app.handler', { 'src/app.rb': HANDLER }),
  good('a class', 'app.Orders::Api.handler', { 'app.rb': CLASS }),
  good('with the libraries of Ruby', 'app.handler', { 'app.rb': `require 'json'\nrequire "time"\n${HANDLER}` }),
  good('a dot at the end, which Ruby leaves out', 'app.handler.', { 'app.rb': HANDLER }),

  bad('form', 'no dot', 'app', { 'app.rb': HANDLER }),
  bad('form', 'nothing after the dot', 'app.', { 'app.rb': HANDLER }),
  bad('form', 'nothing before the dot', '.handler', { 'app.rb': HANDLER }),
  bad('form', 'a path from here', './app.handler', { 'app.rb': HANDLER }),
  bad('form', 'too many dots', 'src.app.Api.handler', { 'src/app.rb': CLASS }),
  bad('form', 'two dots', 'app..handler', { 'app.rb': HANDLER }),
  bad('form', 'a class that cannot be one', 'src.app.handler', { 'src/app.rb': HANDLER, 'src.rb': HANDLER }),
  bad('form', 'the name of the file', 'app.rb.handler', { 'app.rb': HANDLER }),

  bad('file', 'no such file', 'index.handler', { 'app.rb': HANDLER }),
  bad('file', 'one folder too deep', 'app.handler', { 'src/app.rb': HANDLER }),
  bad('file', 'another case', 'App.handler', { 'app.rb': HANDLER }),
  bad('file', 'no Ruby', 'app.handler', { 'app.py': '' }),

  bad('function', 'another name', 'app.handler', { 'app.rb': 'def lambda_handler(event:, context:)\n  event\nend\n' }),
  bad('function', 'the name of the file', 'app.rb', { 'app.rb': HANDLER }),
  bad('function', 'nothing in it', 'app.handler', { 'app.rb': '' }),
  bad('function', 'beside the libraries of Ruby', 'app.handler', { 'app.rb': 'require \'json\'\ndef run(event:, context:)\n  JSON.generate(event)\nend\n' }),
  bad('function', 'no such method of the class', 'app.Orders::Api.run', { 'app.rb': CLASS }),
  bad('function', 'no such class', 'app.Shop::Api.handler', { 'app.rb': CLASS }),
  bad('function', 'in a comment', 'app.handler', { 'app.rb': `=begin\n${HANDLER}=end\ndef run(event:, context:)\nend\n` }),
  bad('function', 'after the end', 'app.handler', { 'app.rb': `def run(event:, context:)\nend\n__END__\n${HANDLER}` }),

  unclear(true, 'made by a call', 'app.handler', { 'app.rb': 'define_method(:handler) { |event:, context:| event } rescue self.class.define_method("hand" + "ler") { |event:, context:| event }\n' }),
  unclear(true, 'made by text', 'app.handler', { 'app.rb': 'eval "def " + "hand" + "ler(event:, context:) = event"\n' }),
  unclear(true, 'answered by a method for all', 'app.handler', { 'app.rb': 'class LambdaHandler\n  def method_missing(name, event:, context:) = event\nend\n' }),
  unclear(true, 'in another file', 'app.handler', { 'app.rb': "require_relative 'orders'\n", 'orders.rb': HANDLER }),
  unclear(true, 'in another file that is loaded', 'app.handler', { 'app.rb': "require 'orders'\n", 'orders.rb': HANDLER }),
  unclear(true, 'in another file whose name is computed', 'app.handler', { 'app.rb': "require __dir__ + '/orders'\n", 'orders.rb': HANDLER }),
  unclear(true, 'in a module that is included', 'app.handler', { 'app.rb': 'module Orders\n  def handler(event:, context:) = event\nend\ninclude Orders\n' }),
  unclear(false, 'a word, but no method', 'app.handler', { 'app.rb': '# handler\n' }),
  unclear(false, 'a local variable', 'app.handler', { 'app.rb': 'handler = 1\n' }),
  unclear(true, 'a class of the class', 'app.Api.handler', { 'app.rb': 'class Api\n  class << self\n    def handler(event:, context:) = event\n  end\nend\n' }),
  unclear(false, 'a library of Ruby', 'json.handler', { 'app.rb': HANDLER }),
];

function good(title: string, handler: string, files: Record<string, string>): RubyPackage {
  return { title, handler, files, verdict: 'starts', answers: true };
}

function bad(fault: 'form' | 'file' | 'function', title: string, handler: string, files: Record<string, string>): RubyPackage {
  return { title: `${fault}: ${title}`, handler, files, verdict: `fails: ${fault}`, answers: false };
}

function unclear(answers: boolean, title: string, handler: string, files: Record<string, string>): RubyPackage {
  return { title: `unclear: ${title}`, handler, files, verdict: 'unclear', answers };
}

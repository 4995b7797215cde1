/** What `require` finds without a gem: the library folder of Ruby 3.1 and, in later releases gems that come along, what was in it before. */
const STANDARD = words(`
  English abbrev base64 benchmark bigdecimal bundler cgi continuation coverage csv date debug delegate did_you_mean digest drb enc
  enumerator erb error_highlight etc expect fcntl fiddle fileutils find forwardable getoptlong io ipaddr irb json kconv logger matrix
  minitest mkmf monitor mutex_m net nkf objspace observer open openssl open-uri open3 optionparser optparse ostruct pathname pp
  prettyprint prime prism pstore psych pty racc rake random rational rbconfig rbs rdoc readline reline resolv resolv-replace rexml rinda
  ripper rss ruby_vm rubygems securerandom set shellwords singleton socket stringio strscan syntax_suggest syslog tempfile test thread time
  timeout tmpdir tsort typeprof un unicode_normalize uri weakref webrick win32ole yaml zlib`);

/** Those of them that make no methods but their own, and what AWS brings along. */
const HARMLESS = /^(base64|benchmark|bigdecimal|cgi|csv|date|digest|erb|etc|fileutils|forwardable|ipaddr|json|logger|monitor|net|openssl|open-uri|open3|ostruct|pathname|pp|securerandom|set|shellwords|singleton|socket|stringio|strscan|tempfile|time|timeout|tmpdir|uri|yaml|zlib)(\/|$)|^aws-sdk-\w+$/;

/** Methods that every object, every class or every module has in Ruby 3.1, and those that the libraries above add. */
const METHODS = words(`
  Array Complex Float Hash Integer Rational String BigDecimal URI JSON Pathname abort alias_method allocate ancestors at_exit attr
  attr_accessor attr_reader attr_writer autoload binding call_handler caller caller_locations catch class class_eval class_exec
  class_variable_get class_variable_set class_variables clone const_get const_missing const_set const_source_location constants
  define_method define_singleton_method deprecate_constant display dup enum_for eval exec exit extend extended fail fork format freeze gem
  gem_original_require gets global_variables handler_file_name handler_method_name hash include included included_modules inherited
  initialize initialize_clone initialize_copy initialize_dup inspect instance_eval instance_exec instance_method instance_methods
  instance_variable_get instance_variable_set instance_variables itself j jj lambda load local_variables loop method method_added
  method_missing method_removed method_undefined methods module_eval module_exec name new object_id open p pp prepend prepended
  pretty_inspect print printf private private_class_method private_constant private_instance_methods private_methods proc protected
  protected_instance_methods protected_methods public public_class_method public_constant public_instance_method public_instance_methods
  public_method public_methods public_send putc puts raise rand readline readlines refinements remove_class_variable remove_const
  remove_instance_variable remove_method require require_relative respond_to_missing ruby2_keywords select send set_temporary_name
  set_trace_func singleton_class singleton_method singleton_method_added singleton_method_removed singleton_method_undefined
  singleton_methods sleep spawn sprintf srand subclasses superclass syscall system taint tap test then throw to_enum to_json to_s to_yaml
  trace_var trap trust undef_method undefined_instance_methods untaint untrace_var untrust using warn y yield_self attached_object`);

export function isStandard(file: string): boolean {
  return STANDARD.has(file.split('/', 1)[0]) || file.startsWith('aws');
}

export function isHarmless(library: string): boolean {
  return HARMLESS.test(library);
}

/** Whether every object or class may have a method of this name. */
export function isEverywhere(method: string): boolean {
  return METHODS.has(method) || method.startsWith('_') || !/^\w+$/.test(method);
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

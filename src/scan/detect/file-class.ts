/** What a file is for: it decides how much a name and a value prove. */
export type FileClass = 'config' | 'code' | 'shell' | 'document' | 'notebook' | 'generated';

const CONFIG =
  /(?:^|\/)(?:\.?env(?:\.[\w.-]+)?|[^/]*\.env|\.[\w-]+rc|\.[\w-]+|dockerfile[\w.-]*|[^/]+\.(?:ya?ml|json5?|jsonc|ini|toml|properties|conf|cfg|cnf|config|xml|plist|tf|tfvars|hcl|env|netrc|credentials|settings|reg|sql|npmrc|pgpass|ftpconfig|s3cfg|tmpl|j2|list|txt|log|csv|sample|dist|example|template|default|local|pem|key|udl|rdp|ovpn|psd1|nix|kdl|edn|http|rest|har|rsp|tfstate|ks|service))$/i;
const SHELL =
  /\.(?:sh|bash|zsh|fish|ksh|ps1|psm1|bat|cmd|mk|dockerfile)$|(?:^|\/)(?:makefile|procfile|vagrantfile|jenkinsfile|\.bash\w*|\.zsh\w*|\.profile)$/i;
const DOCUMENT = /\.(?:md|markdown|mdx|rst|adoc|asciidoc|html?|xhtml|textile|org|tex|pod|1|man)$/i;
/** Files that a program writes, pictures, and texts of a surface in many languages. */
const GENERATED =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|composer\.lock|gemfile\.lock|cargo\.lock|poetry\.lock|go\.sum|pipfile\.lock|mix\.lock|podfile\.lock|packages\.lock\.json|gradle\.lockfile|verification-metadata\.xml|deno\.lock|uv\.lock|bun\.lock|flake\.lock)$|\.(?:map|svg|min\.js|min\.css|css|scss|less|lock|po|pot|mo|snap|tsbuildinfo|pbxproj|resx|xlf|xliff|ipa|d\.ts|woff2?|ttf|eot|glif|obj|geojson|topojson|arb)$|(?:^|\/)(?:i18n|l10n|locales?|lang|languages|translations|values-[a-z]{2})\/(?:.*\/)?[^/]+\.(?:json|ya?ml|properties|php|xml|strings|toml)$|(?:^|\/)(?:messages|labels)_[a-z]{2}(?:_[a-z]{2})?\.properties$/i;

/** Returns what a file is for, by its path. */
export function fileClassOf(path: string): FileClass {
  if (GENERATED.test(path)) return 'generated';
  if (/\.ipynb$/i.test(path)) return 'notebook';
  if (SHELL.test(path)) return 'shell';
  if (DOCUMENT.test(path)) return 'document';
  return CONFIG.test(path) || !/\.[^/]*$/.test(path) ? 'config' : 'code';
}

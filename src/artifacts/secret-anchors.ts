/**
 * What a text must hold for a rule of the secret scanner to find anything in it.
 *
 * For every text in which a rule finds something, some anchor of that rule has a word in the text (case aside)
 * and its `near` matches the text. `secret-prefilter.test.ts` proves it for samples and for generated matches
 * of every pattern, and fails when the library's patterns are no longer those that this table was made from.
 *
 * `near` is the rule's own pattern without its boundaries and cut at the shortest run that is sure, so that it
 * may match too often (a false alarm costs a millisecond), never too seldom. None can backtrack without bound.
 */
export interface SecretAnchor {
  /** The library's rule, without its package prefix. */
  readonly rule: string;
  readonly words: readonly string[];
  readonly near: RegExp;
  /** Set where the rule looks only at files of this extension. */
  readonly extension?: string;
}

export const secretAnchors: readonly SecretAnchor[] = [
  {
    rule: "aws",
    words: ["accesskey", "access_key"],
    near: /SECRET_?ACCESS_?KEY["']?\s*(?::|=>|=)\s*["']?[A-Za-z0-9/+=]{40}/i,
  },
  // JSON may write any letter as an escape, so the words alone would not be sure.
  { rule: "gcp", words: ["private_key_id", "\\u00"], near: /private_key_id|\\u00/i, extension: ".json" },
  {
    rule: "privatekey",
    words: ["private key"],
    near: /-----BEGIN ?(?:(?:RSA|DSA|EC|OPENSSH|PGP) )?PRIVATE KEY(?: BLOCK)?-----\n?[A-Za-z0-9+/=\s\\]{100}/,
  },
  { rule: "npm", words: ["x-oauth-basic@github"], near: /x-oauth-basic@github/ },
  { rule: "npm", words: ["_authtoken="], near: /_authToken=[^$]/ },
  { rule: "npm", words: ["npm_"], near: /npm_[A-Za-z0-9_]{36}/ },
  {
    rule: "slack",
    words: ["xoxb-", "xoxp-", "xapp-", "xoxa-", "xoxo-", "xoxr-"],
    near: /(?:xox[bpaor]|xapp)-[a-zA-Z0-9]{1,40}-[a-zA-Z0-9]/,
  },
  {
    rule: "slack",
    words: ["hooks.slack.com/services/"],
    near: /hooks\.slack\.com\/services\/T[a-z0-9]{1,40}\/B[a-z0-9]{1,40}\/[a-z0-9]/i,
  },
  {
    rule: "basicauth",
    words: ["http://", "https://", "ftp://", "ftps://"],
    // Begins with plain characters, which the engine looks for quickly: nearly every document has a link.
    near: /:\/\/[-\w]{1,256}:[-\w]{1,256}@/,
  },
  { rule: "openai", words: ["t3blbkfj"], near: /T3BlbkFJ/ },
  { rule: "anthropic", words: ["sk-ant-api0"], near: /sk-ant-api0\d-[\w-]{90}/ },
  { rule: "groq", words: ["gsk_"], near: /gsk_[a-zA-Z0-9]{52}/ },
  { rule: "huggingface", words: ["hf_"], near: /hf_[a-zA-Z]{34}/ },
  { rule: "linear", words: ["lin_api_"], near: /lin_api_[a-zA-Z0-9_]{32}/ },
  { rule: "notion", words: ["ntn_"], near: /ntn_[0-9]{11}[A-Za-z0-9]{35}/ },
  { rule: "sendgrid", words: ["sg."], near: /SG\.\w{1,128}\.\w/ },
  {
    rule: "shopify",
    words: ["shppa_", "shpca_", "shpat_", "shpss_"],
    near: /shp(?:pa|ca|at|ss)_[a-zA-Z0-9]{32}/,
  },
  {
    rule: "stripe",
    words: ["sk_live_", "sk_test_", "rk_live_", "rk_test_"],
    near: /[sr]k_(?:live|test)_[a-zA-Z0-9]{24}/,
  },
  {
    rule: "github",
    words: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
    near: /gh[pousr]_[A-Za-z0-9_]{36}|ghs_[0-9]{1,20}_[A-Za-z0-9_-]{1,1000}\./,
  },
  { rule: "github", words: ["github_pat_"], near: /github_pat_[A-Za-z0-9_]{82}/ },
  { rule: "gitlab", words: ["glpat-"], near: /glpat-[\w-]{20}/ },
  { rule: "grafana", words: ["glc_"], near: /glc_[A-Za-z0-9+/]{32}/ },
  { rule: "grafana", words: ["glsa_"], near: /glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}/ },
  { rule: "1password", words: ["ops_ey"], near: /ops_ey[A-Za-z0-9+/=]{100}/ },
  {
    rule: "database-connection-string",
    words: ["mongodb://", "mongodb+srv://", "mysql://", "mysqlx://", "postgres://", "postgresql://"],
    near: /(?:mongodb(?:\+srv)?|mysqlx?|postgres(?:ql)?):\/\/[^:/\s]{1,100}:[^@/\s]{1,200}@/i,
  },
  { rule: "hashicorp-vault", words: ["hvs.", "hvb.", "hvr."], near: /hv[sbr]\.[\w-]{90}/ },
  {
    rule: "vercel",
    words: ["vcp_", "vci_", "vca_", "vcr_", "vck_"],
    near: /vc[piark]_[A-Za-z0-9]{20}/,
  },
  { rule: "databricks", words: ["dapi"], near: /dapi[A-Fa-f0-9]{32}/ },
  { rule: "docker", words: ["dckr_pat_"], near: /dckr_pat_[\w-]{27}/ },
  { rule: "figma", words: ["figd_"], near: /figd_[\w-]{40}/ },
  { rule: "cloudflare", words: ["cfk_", "cfut_", "cfat_"], near: /cf(?:k|ut|at)_[A-Za-z0-9]{40}[0-9a-f]{8}/ },
  { rule: "tailscale", words: ["tskey-"], near: /tskey-[a-z]{2,20}-\w{8,40}-\w{16}/ },
];

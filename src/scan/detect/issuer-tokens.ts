/** A token that its issuer marks, and that the detector library has no rule for. */
export type IssuerToken = {
  /** Rule id. */
  rule: string;
  /** Words of which one stands in its line, lower case. */
  words: readonly string[];
  /** Pattern; group 1 is the secret, if it is not all of it. */
  pattern: RegExp;
};

const NOT_BEFORE = '(?<![A-Za-z0-9_-])';
const NOT_AFTER = '(?![A-Za-z0-9_-])';

function token(rule: string, words: string, body: string): IssuerToken {
  return { rule, words: words.split(' '), pattern: new RegExp(`${NOT_BEFORE}${body}${NOT_AFTER}`, 'g') };
}

/** A token without a prefix of its own, told by the name before it. */
function named(rule: string, word: string, body: string): IssuerToken {
  const pattern = `${word}[\\w .\\-\\[\\]"'\`]{0,40}(?:=>|:=|[=:,(])[\\s"'\`]{0,5}(${body})(?![A-Za-z0-9_-])`;
  return { rule, words: [word], pattern: new RegExp(pattern, 'gi') };
}

/**
 * Tokens of banks, payment providers, clouds and services. Sources: the issuers' documentation of their key formats. A provider whose
 * key has no mark of its own is found by the name of the variable only (see assignments.ts).
 */
export const ISSUER_TOKENS: readonly IssuerToken[] = [
  // Payments and banking
  token(
    'stripe-secret-key',
    'sk_live_ sk_test_ rk_live_ rk_test_',
    '(?:sk|rk)_(?:live|test|prod)_[A-Za-z0-9]{10,247}',
  ),
  token('stripe-webhook-secret', 'whsec_', 'whsec_[A-Za-z0-9+/=]{24,64}'),
  token('square-access-token', 'sq0atp- eaaa', '(?:sq0atp-[\\w-]{22}|EAAA[\\w-]{60})'),
  token('square-secret', 'sq0csp-', 'sq0csp-[\\w-]{43}'),
  token(
    'paypal-braintree-access-token',
    'access_token$',
    'access_token\\$(?:production|sandbox)\\$[a-z0-9]{16}\\$[a-f0-9]{32}',
  ),
  token(
    'plaid-access-token',
    'access-',
    'access-(?:sandbox|development|production)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
  ),
  token(
    'adyen-api-key',
    'aqe',
    'AQE[a-z][A-Za-z0-9+/]{60,260}={0,2}(?:-[A-Za-z0-9+/]{20,80}={0,2}-[^\\s"\'`]{8,24})?',
  ),
  token('razorpay-key', 'rzp_', 'rzp_(?:live|test)_[A-Za-z0-9]{14}'),
  token('mollie-api-key', 'live_ test_', '(?:live|test)_[A-Za-z0-9]{30,34}'),
  token('gocardless-access-token', 'live_ sandbox_', '(?:live|sandbox)_[A-Za-z0-9_-]{40}'),
  token('flutterwave-key', 'flwseck', 'FLWSECK(?:_TEST)?-[A-Za-z0-9]{12,40}-X'),
  token('paystack-key', 'sk_', 'sk_(?:live|test)_[a-f0-9]{40}'),
  token(
    'checkout-com-key',
    'sk_',
    'sk_(?:sbox_)?(?:test_)?[a-z0-9]{8}-[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{12}|sk_sbox_[a-z2-7]{26,27}[a-z2-7*#$=]',
  ),
  token('xendit-key', 'xnd_', 'xnd_(?:production|development)_[A-Za-z0-9]{40,80}'),
  token('midtrans-server-key', 'mid-server-', '(?:SB-)?Mid-server-[\\w-]{20,32}'),
  token('shopify-token', 'shpat_ shpca_ shppa_ shpss_', 'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}'),
  token('easypost-key', 'ezak ezt', 'EZ[AT]K[A-Za-z0-9]{54}'),
  token('lob-key', 'live_ test_', '(?:live|test)_[a-f0-9]{35}'),
  token('duffel-token', 'duffel_', 'duffel_(?:test|live)_[\\w=-]{43}'),
  token('moov-key', 'zplv', 'zplv[A-Za-z0-9]{40}'),
  token('modern-treasury-key', 'live-', '(?:live|test)-[A-Za-z0-9]{32}-[A-Za-z0-9]{12}'),
  token(
    'environment-prefixed-key',
    'dev_ prod_ rest_ live_ uat_',
    '(?:dev|prod|rest|live|uat|stg)_(?:api|key|sk|secret|token)?_?(?=[A-Za-z0-9]*\\d)(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{24,80}',
  ),
  named('truelayer-client-secret', 'truelayer', '[0-9a-f-]{36}'),
  named('plaid-secret', 'plaid', '[a-f0-9]{30}'),
  named('coinbase-access-token', 'coinbase', '[A-Za-z0-9_-]{64}'),
  named('finicity-key', 'finicity', '[a-f0-9]{32}|[A-Za-z0-9]{20}'),
  named('kraken-key', 'kraken', '[A-Za-z0-9/=_+-]{80,90}'),
  named('kucoin-key', 'kucoin', '[a-f0-9]{24}|[0-9a-f-]{36}'),
  named('bittrex-key', 'bittrex', '[A-Za-z0-9]{32}'),
  // Clouds
  token('google-api-key', 'aiza', 'AIza[\\w-]{35}'),
  token('google-oauth-client-secret', 'gocspx-', 'GOCSPX-[\\w-]{28}'),
  token('google-oauth-token', 'ya29.', 'ya29\\.[\\w-]{30,300}'),
  token('google-refresh-token', '1//0', '1//0[\\w-]{40,120}'),
  token('azure-ad-client-secret', 'q~', '[A-Za-z0-9_~.]{3}\\dQ~[A-Za-z0-9_~.-]{31,34}'),
  token('azure-storage-key', 'accountkey=', '(?<=AccountKey=)[A-Za-z0-9+/]{86}=='),
  token('azure-shared-access-key', 'sharedaccesskey=', '(?<=SharedAccessKey=)[A-Za-z0-9+/]{42,44}={0,2}'),
  token('azure-sas-signature', 'sig=', '(?<=[?&]sig=)[A-Za-z0-9%+/]{40,80}(?:%3[Dd]|=)?'),
  token('azure-devops-token', 'azdo', '[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}'),
  token('alibaba-access-key', 'ltai', 'LTAI[A-Za-z0-9]{12,20}'),
  token('tencent-secret-id', 'akid', 'AKID[A-Za-z0-9]{32}'),
  token('digitalocean-token', 'dop_v1_ doo_v1_ dor_v1_', 'do[opr]_v1_[a-f0-9]{64}'),
  token('heroku-api-key', 'hrku-', 'HRKU-[\\w-]{36,64}'),
  named('heroku-api-key', 'heroku', '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'),
  token('cloudflare-origin-ca-key', 'v1.0-', 'v1\\.0-[a-f0-9]{24}-[a-f0-9]{146}'),
  token('flyio-token', 'fm1 fo1_', '(?:FlyV1 )?fm1[ar]_[\\w/+=,]{60,800}|fo1_[\\w-]{43}'),
  token('scaleway-access-key', 'scw', 'SCW[A-Z0-9]{17}'),
  token('vault-service-token', 'hvs. hvb.', 'hv[sb]\\.[\\w-]{24,300}'),
  token('vault-service-token', 's.', '(?<=VAULT_TOKEN["\' ]{0,2}[=:]["\' ]{0,2})s\\.[A-Za-z0-9]{24}'),
  token('terraform-cloud-token', 'atlasv1', '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w=-]{60,70}'),
  token('pulumi-token', 'pul-', 'pul-[a-f0-9]{40}'),
  token(
    'doppler-token',
    'dp.',
    'dp\\.(?:pt|st|ct|sa|scim|audit)\\.(?:[a-z0-9_-]{2,35}\\.)?[A-Za-z0-9]{40,44}',
  ),
  token('planetscale-token', 'pscale_', 'pscale_(?:tkn|oauth|pw)_[\\w=.-]{32,64}'),
  token('supabase-token', 'sbp_', 'sbp_[a-f0-9]{40}'),
  token('supabase-secret-key', 'sb_secret_', 'sb_secret_[\\w-]{20,60}'),
  token('infracost-key', 'ico-', 'ico-[A-Za-z0-9]{32}'),
  token('age-secret-key', 'age-secret-key-', 'AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}'),
  token('aws-bedrock-key', 'absk', 'ABSK[A-Za-z0-9+/]{109,269}={0,2}'),
  // Code and delivery
  token('github-token', 'ghp_ gho_ ghu_ ghs_ ghr_', 'gh[pousr]_[A-Za-z0-9]{36,255}'),
  token('github-fine-grained-token', 'github_pat_', 'github_pat_\\w{22,255}'),
  token(
    'gitlab-token',
    'glpat- gldt- glrt- glft- glsoat- glcbt- glptt- glagent- glimt- gloas-',
    'gl(?:pat|dt|rt|ft|soat|cbt|ptt|agent|imt|oas)-[\\w.-]{20,120}',
  ),
  token('gitlab-runner-token', 'gr1348941', 'GR1348941[\\w-]{20}'),
  token('npm-token', 'npm_', 'npm_[A-Za-z0-9]{36}'),
  token('pypi-token', 'pypi-', 'pypi-Ag[\\w-]{50,1000}'),
  token('rubygems-key', 'rubygems_', 'rubygems_[a-f0-9]{48}'),
  token('nuget-key', 'oy2', 'oy2[a-z0-9]{43}'),
  token('cratesio-token', 'cio', 'cio[A-Za-z0-9]{32}'),
  token('clojars-token', 'clojars_', 'CLOJARS_[a-z0-9]{60}'),
  token('jfrog-key', 'akcp', 'AKCp[A-Za-z0-9]{69}'),
  token('jfrog-identity-token', 'cmvmd', 'cmVmd[A-Za-z0-9]{59}'),
  token('atlassian-token', 'atatt3', 'ATATT3[A-Za-z0-9_=-]{100,400}'),
  token('bitbucket-app-password', 'atbb', 'ATBB[A-Za-z0-9]{28,40}'),
  token('sonar-token', 'sqp_ squ_ sqa_', 'sq[pua]_[a-f0-9]{40}'),
  token('buildkite-token', 'bkua_', 'bkua_[a-z0-9]{40}'),
  token('circleci-token', 'ccipat_ ccipjt_', 'cci(?:pat|pjt)_[A-Za-z0-9]{22}_[a-fA-F0-9]{40}'),
  token('prefect-token', 'pnu_', 'pnu_[A-Za-z0-9]{36}'),
  token('postman-key', 'pmak-', 'PMAK-[a-f0-9]{24}-[a-f0-9]{34}'),
  token('readme-key', 'rdme_', 'rdme_[a-z0-9]{70}'),
  token('dynatrace-token', 'dt0c01.', 'dt0c01\\.[A-Z0-9]{24}\\.[A-Z0-9]{64}'),
  token('new-relic-key', 'nrak- nrii- nrjs- nrra-', 'NR(?:AK|II|JS|RA)-[A-Za-z0-9_-]{19,42}'),
  token('sentry-token', 'sntrys_ sntryu_', 'sntry(?:s_eyJ[A-Za-z0-9+/=_]{80,400}|u_[a-f0-9]{64})'),
  token(
    'grafana-token',
    'glc_ glsa_ eyjr',
    '(?:glc_[A-Za-z0-9+/]{32,400}={0,2}|glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}|eyJrIjoi[A-Za-z0-9]{70,400}={0,2})',
  ),
  token('databricks-token', 'dapi', 'dapi[a-f0-9]{32}(?:-\\d)?'),
  token('harness-token', 'pat. sat.', '(?:pat|sat)\\.[\\w-]{22}\\.[0-9a-f]{24}\\.[A-Za-z0-9]{20}'),
  token('octopus-key', 'api-', 'API-[A-Z0-9]{26}'),
  token('docker-hub-token', 'dckr_pat_ dckr_oat_', 'dckr_[po]at_[\\w-]{27,32}'),
  // Messages, mail and marketing
  token('slack-token', 'xox', 'xox[abeoprs]-(?:\\d-)?[A-Za-z0-9-]{10,250}'),
  token('slack-app-token', 'xapp-', 'xapp-\\d-[A-Z0-9]+-\\d+-[a-z0-9]+'),
  token(
    'slack-webhook',
    'hooks.slack.com',
    'https?://hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Za-z0-9+/]{30,80}',
  ),
  token(
    'discord-webhook',
    'api/webhooks/',
    'https://(?:\\w+\\.)?discord(?:app)?\\.com/api/webhooks/\\d{16,20}/[\\w-]{60,70}',
  ),
  token('discord-bot-token', '.', '[MNO][A-Za-z\\d_-]{23,26}\\.[A-Za-z\\d_-]{6}\\.[A-Za-z\\d_-]{27,38}'),
  token('telegram-bot-token', ':aa', '\\d{8,10}:AA[\\w-]{33}'),
  token(
    'teams-webhook',
    'webhook.office.com',
    'https://[\\w-]+\\.webhook\\.office\\.com/webhookb2/[\\w@-]+/IncomingWebhook/[a-f0-9]{32}/[\\w-]+',
  ),
  token('twilio-api-key', 'sk', 'SK[0-9a-f]{32}'),
  named('twilio-auth-token', 'twilio', '[0-9a-f]{32}'),
  token('sendgrid-key', 'sg.', 'SG\\.[\\w-]{16,32}\\.[\\w-]{16,64}'),
  token('sendinblue-key', 'xkeysib-', 'xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}'),
  token('mailgun-key', 'key- pubkey-', '(?:pub)?key-[a-f0-9]{32}'),
  token('mailchimp-key', '-us', '[0-9a-f]{32}-us\\d{1,2}'),
  token('mailersend-token', 'mlsn.', 'mlsn\\.[a-f0-9]{64}'),
  token(
    'hubspot-token',
    'pat-na1 pat-eu1',
    'pat-(?:na|eu)1-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
  ),
  token('intra42-secret', 's-s4t2', 's-s4t2(?:ud|af)-[a-f0-9]{64}'),
  token('zendesk-key', 'zendesk', '(?<=zendesk[\\w .-]{0,20}["\' ]*[=:]["\' ]*)[a-z0-9]{40}'),
  token('facebook-access-token', 'eaa', 'EAA[MC][A-Za-z0-9]{60,400}'),
  token('facebook-page-token', 'eaaceded', 'EAACEdEose0cBA[A-Za-z0-9]{20,300}'),
  named('facebook-app-secret', 'facebook', '[a-f0-9]{32}'),
  named('twitter-secret', 'twitter', '[A-Za-z0-9]{40,50}'),
  named('linkedin-secret', 'linkedin', '[A-Za-z0-9]{16}'),
  token('dropbox-token', 'sl.', 'sl\\.[A-Za-z0-9_=-]{130,200}'),
  token('typeform-token', 'tfp_', 'tfp_[\\w.-]{59}'),
  token('airtable-token', 'pat', 'pat[A-Za-z0-9]{14}\\.[a-f0-9]{64}'),
  token('asana-token', '/1', '[12]/\\d{15,18}(?:/\\d{15,18})?:[a-f0-9]{32}'),
  token('notion-token', 'secret_ ntn_', '(?:secret_[A-Za-z0-9]{43}|ntn_\\d{11}[A-Za-z0-9]{35})'),
  token('linear-key', 'lin_api_', 'lin_api_[A-Za-z0-9]{40}'),
  token('figma-token', 'figd_', 'figd_[\\w-]{40,200}'),
  token('contentful-token', 'cfpat-', 'CFPAT-[\\w-]{43}'),
  token('mapbox-secret-token', 'sk.eyj', 'sk\\.eyJ[\\w-]{60,200}\\.[\\w-]{20,30}'),
  token('okta-token', '00', '(?<=okta[\\w .-]{0,20}["\' ]*[=:(,]["\' ]*)00[\\w-]{40}'),
  token('frameio-token', 'fio-u-', 'fio-u-[\\w=-]{64}'),
  token(
    'onepassword-secret-key',
    'a3-',
    'A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}',
  ),
  token('onepassword-service-token', 'ops_', 'ops_eyJ[A-Za-z0-9+/]{100,1300}={0,3}'),
  token('fcm-server-key', ':apa91b', 'AAAA[\\w-]{7}:APA91b[\\w-]{130,140}'),
  named('datadog-key', 'datadog', '[a-f0-9]{32}|[a-f0-9]{40}'),
  named('algolia-key', 'algolia', '[a-f0-9]{32}'),
  named('fastly-token', 'fastly', '[A-Za-z0-9_-]{32}'),
  named('cloudflare-api-token', 'cloudflare', '[A-Za-z0-9_-]{37,40}'),
  named('snyk-token', 'snyk', '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'),
  named('sumologic-key', 'sumo', '[A-Za-z0-9]{64}'),
  named('codecov-token', 'codecov', '[a-z0-9]{32}|[0-9a-f-]{36}'),
  // Models
  token(
    'openai-key',
    'sk-',
    'sk-(?:proj-|svcacct-|admin-|None-)?[A-Za-z0-9_-]{20,100}T3BlbkFJ[A-Za-z0-9_-]{20,100}|sk-(?:proj-)?[A-Za-z0-9]{48}',
  ),
  token('anthropic-key', 'sk-ant-', 'sk-ant-(?:api|admin|oat)\\d{2}-[\\w-]{80,120}'),
  token('hugging-face-token', 'hf_ api_org_', '(?:hf_[A-Za-z]{34}|api_org_[A-Za-z]{34})'),
  token('replicate-token', 'r8_', 'r8_[A-Za-z0-9]{37}'),
  token('groq-key', 'gsk_', 'gsk_[A-Za-z0-9]{52}'),
  token('xai-key', 'xai-', 'xai-[A-Za-z0-9]{80}'),
  token('perplexity-key', 'pplx-', 'pplx-[A-Za-z0-9]{48}'),
  token('openrouter-key', 'sk-or-', 'sk-or-v1-[0-9a-f]{64}'),
  // Open Banking and identity
  token('jwt', 'eyj', 'eyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]{10,}'),
  token('jwk-private', '"d"', '(?<="d"\\s{0,3}:\\s{0,3}")[\\w-]{32,700}'),
  token('softhsm-pin', 'pin-value=', '(?<=pkcs11:[^\\s"\']{0,200}pin-value=)[^\\s&;"\']{4,64}'),
];

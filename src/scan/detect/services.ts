import type { SecretPattern } from './patterns.js';
import { isMachineMade } from './random-text.js';

/**
 * Services whose keys have no mark of their own: the name of the service and a value that a machine made tell them. Names that are
 * common words are left out.
 */
const SERVICES =
  'abuseipdb accuweather adafruit adzuna ahrefs airbrake airship airtable algolia alienvault amadeus amplitude apideck apiflash apilayer apollo appcues asana assemblyai auth0 aviationstack bannerbear bitbucket bitfinex bitly bittrex blockchair browserstack bugsnag bybit censys chargebee clearbit clickup cloudconvert cloudflare cloudinary codacy codecov cohere coinapi coinbase coinlayer confluent contentful convertkit coveralls cryptocompare currencylayer datadog deepgram deepseek discord dnsimple docusign dropbox dwolla etherscan etsy eventbrite exchangerate facebook fastly finicity finnhub flickr foursquare freshbooks freshdesk geocodio geoapify giphy gitter godaddy greynoise gumroad helpscout heroku honeybadger honeycomb hubspot hunter.io infobip infura instagram intercom ipdata ipgeolocation ipinfo ipstack iterable jotform klaviyo kraken kucoin launchdarkly linkedin linode locationiq logdna loggly lokalise looker mailchimp mailgun mailjet mandrill mapbox mapquest mattermost maxmind mediastack meraki messagebird mistral mixpanel moralis mux newrelic newsapi nexmo numverify nytimes okta onelogin onesignal openai opencage openweather opsgenie optimizely pagerduty pastebin paypal pdflayer pinata pingdom pipedrive plaid plivo polygonscan postmark pubnub pusher quandl rapidapi raygun recurly rollbar saucelabs scaleway scrapingbee securitytrails sendbird sendgrid sentry shodan shutterstock signalwire smartsheet snyk sonarcloud sonarqube spotify statuspage storyblok strava stytch sumologic surveymonkey telegram tiingo todoist tomtom travis trello twelvedata twilio twitch twitter uploadcare uptimerobot urlscan userstack vercel virustotal vonage vultr weatherstack webex webflow yelp youtube zendesk zerobounce zerossl'.split(
    ' ',
  );

/** Words between a service and its value that make the value an id or an address. */
const NO_KEY =
  /(?:\b|_)(?:id|sid|sha\d*|hash|version|commit|integrity|urls?|uri|release|rev|ref|digest|uuid|guid|dsn|site|project|org|team|user|username|channel|public|pub|checksum|signature|image|path|email|host|domain|name|account|space|zone|region|model|pixel|tag|widget|video|playlist|track|etag|revision|cookie|form|app|page|html|src|href)(?:\b|_)/i;
const NO_KEY_IN_CAMEL_CASE = /(?:Id|Url|Uri|Sid|Hash|Project|Sha|Name|Host)\b/;
const LEAST = 16;

/** Keys of services, told by the name of the service before them. */
export const SERVICE_KEYS: readonly SecretPattern[] = SERVICES.map((service) => ({
  rule: 'service-key',
  words: [service],
  pattern: new RegExp(
    `(?:^|[^a-z])${service.replace('.', '\\.')}(?<between>[\\w .\\-\\[\\]"'\`]{0,32}?(?:=>|[?.]=|:{1,3}=|string\\s*=|->|[=:,|>(]|\\s-\\s|\\s(?=["'])))[\\s"'\`]{0,4}(?<secret>[A-Za-z0-9][\\w+/=~-]{15,200})(?![\\w.+/:@(-])`,
    'gi',
  ),
  shape: 'context' as const,
  accepts: (value, groups) => isMachineMade(value, LEAST) && isKey(groups?.['between'] ?? ''),
}));

function isKey(between: string): boolean {
  return !NO_KEY.test(between) && !NO_KEY_IN_CAMEL_CASE.test(between);
}

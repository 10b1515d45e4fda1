import type { SecretPattern } from './patterns.js';
import { isMachineMade } from './random-text.js';

/**
 * Services whose keys have no mark of their own: the name of the service and a value that a machine made tell them. Names that are
 * common words are left out.
 */
const SERVICES =
  'abuseipdb accuweather adafruit adzuna ahrefs airbrake airship airtable aiven algolia alienvault amadeus amplitude apideck apiflash apify apilayer apollo appcues appveyor asana assemblyai auth0 aviationstack bannerbear baremetrics baseten binance bitbucket bitfinex bitly bitmex bitstamp bittrex blockchair braintree brandfetch browserless browserstack bugsnag buildkite bunnycdn bybit calendly campaignmonitor censys chargebee chatwork checkmarx clarifai clearbit clickup clockify cloudconvert cloudflare cloudinary cloudsmith codacy codecov cohere coinapi coinbase coinlayer companieshouse configcat confluent contentful convertkit coveralls crowdin cryptocompare currencylayer customerio datadog deepgram deepseek deribit discord dnsimple docusign doppler dropbox dwolla elasticemail emailjs etherscan etsy eventbrite eventful exchangerate facebook fastly finicity finnhub flickr foursquare freshbooks freshdesk fullstory geoapify geocodio giphy gitter gocardless godaddy greynoise groq gumlet gumroad helpscout heroku honeybadger honeycomb hubspot huggingface hunter.io hypertrack imagekit imgbb infobip infura instagram intercom ipdata ipgeolocation ipify ipinfo ipstack iterable jotform kagi keycdn klaviyo kraken kucoin landbot launchdarkly linkedin linode locationiq logdna loggly lokalise looker mailboxlayer mailchimp mailerlite mailgun mailjet mailtrap mandrill mapbox mapquest marketstack mattermost maxmind mediastack megaport meraki messagebird mistral mixpanel mollie monday.com moralis mux nasdaq netlify newrelic newsapi nexmo noticeable numverify nylas nytimes okta okx onelogin onesignal onfido openai opencage openrouter opensea openweather opsgenie optimizely ovh packagecloud paddle pagerduty pandadoc parseur pastebin paymongo paypal pdflayer pexels pinata pinecone pingdom pinterest pipedream pipedrive pixabay plaid planetscale plivo poloniex polygonscan posthog postmark prerender pubnub pushbullet pusher pushover qualtrics quandl rapidapi rawg raygun razorpay readme.io recurly replicate revenuecat rollbar saucelabs scaleway scraperapi scrapingbee securitytrails sendbird sendgrid sendinblue sentry serpapi serpstack shodan shortcut.io shutterstock signalwire simplybook sirv smartsheet smartystreets snowflake snyk sonarcloud sonarqube spotify ssllabs stackhawk statuspage storyblok strava stytch sumologic supabase surveymonkey talkdesk teamviewer telegram thinkific tiingo todoist tomtom transifex travis trello tumblr twelvedata twilio twitch twitter typeform unsplash uploadcare upstash uptimerobot urlscan userstack vercel vimeo virustotal visualcrossing vonage vultr wakatime weatherapi weatherbit weatherstack webex webflow wistia wiz.io workable worldpay yelp youtube zendesk zenrows zerobounce zerossl zoominfo zulip'.split(
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

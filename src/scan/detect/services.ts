import type { SecretPattern } from './patterns.js';
import { isMachineMade } from './random-text.js';

/**
 * Services whose keys have no mark of their own: the name of the service and a value that a machine made tell them. Names that are
 * common words are left out.
 */
const SERVICES =
  'abuseipdb accuweather adafruit adyen adzuna ahrefs airbrake airship airtable airwallex aiven akoya algolia alienvault amadeus amplitude apideck apiflash apify apilayer apollo appcues appveyor asana assemblyai auth0 authorizenet aviationstack backbase bannerbear baremetrics baseten belvo beyondtrust binance bitbucket bitfinex bitly bitmex bitstamp bittrex bitwarden blockchair braintree brandfetch brex browserless browserstack bugsnag buildkite bunnycdn bybit calendly campaignmonitor cashfree censys chainalysis chargebee chatwork checkmarx checkoutcom clarifai clearbank clearbit clickup clockify cloudconvert cloudflare cloudinary cloudsmith codacy codecov cohere coinapi coinbase coinlayer companieshouse complyadvantage configcat confluent contentful convertkit coveralls creditsafe crowdin cryptocompare currencycloud currencylayer customerio cyberark cybersource datadog deepgram deepseek delinea deribit digicert discord dnsimple docusign doppler dropbox dwolla dynatrace elasticemail emailjs entrust equifax etherscan etsy eventbrite eventful exchangerate experian facebook fastly fenergo finicity finnhub fireblocks fiserv flickr flinks flutterwave foursquare freshbooks freshdesk fullstory geoapify geocodio giphy gitter globalpayments gocardless godaddy grafana greynoise groq gumlet gumroad helpscout heroku honeybadger honeycomb hubspot huggingface hunter.io hypertrack imagekit imgbb infobip infura instagram intercom ipdata ipgeolocation ipify ipinfo ipstack iterable iyzico jotform jumio kagi keycdn klarna klaviyo kraken kucoin landbot launchdarkly lexisnexis linkedin linode lithic locationiq logdna loggly lokalise looker mailboxlayer mailchimp mailerlite mailgun mailjet mailtrap mambu mandrill mapbox mapquest marketstack marqeta mastercard mattermost maxmind mediastack megaport meraki mercadopago messagebird mistral mixpanel mollie monday.com moov moralis mux nasdaq netlify newrelic newsapi nexmo nium nordigen noticeable numverify nylas nytimes oanda okta okx onelogin onesignal onespan onfido openai opencage openrouter opensea openweather opsgenie optimizely ovh packagecloud paddle pagerduty pandadoc parseur pastebin paymongo paypal payu pdflayer pexels phonepe pinata pinecone pingdom pinterest pipedream pipedrive pixabay plaid planetscale plivo poloniex polygonscan posthog postmark prerender pubnub pushbullet pusher pushover qualtrics quandl rapidapi rapyd rawg raygun razorpay readme.io recurly replicate revenuecat rollbar sailpoint saltedge saucelabs scaleway scraperapi scrapingbee securitytrails sendbird sendgrid sendinblue sentry serpapi serpstack shodan shortcut.io shutterstock signalwire simplybook sinch sirv smartsheet smartystreets snowflake snyk socure solarisbank sonarcloud sonarqube splunk spotify ssllabs stackhawk statuspage storyblok strava stytch sumologic sumsub supabase surveymonkey talkdesk teamviewer telegram temenos thinkific thoughtmachine tiingo todoist tomtom transferwise transifex transunion travis trello truelayer trulioo trustly tumblr twelvedata twilio twitch twitter typeform unsplash uploadcare upstash uptimerobot urlscan userstack venafi vercel veriff vimeo virustotal visualcrossing vonage vultr wakatime weatherapi weatherbit weatherstack webex webflow wistia wiz.io workable worldline worldpay yapily yelp yodlee youtube zendesk zenrows zerobounce zerossl zoominfo zulip'.split(
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

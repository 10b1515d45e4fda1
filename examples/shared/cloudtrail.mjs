import { isoSeconds } from './time.mjs';

/** The service that keeps secrets, as CloudTrail names it. */
export const SECRETS_MANAGER = 'secretsmanager.amazonaws.com';

/** What CloudTrail writes of every management event of Secrets Manager, beside who made it. */
export const managementRecord = ({ time, region, account, requestID, eventID }) => ({
  eventTime: isoSeconds(time),
  eventSource: SECRETS_MANAGER,
  awsRegion: region,
  sourceIPAddress: SECRETS_MANAGER,
  userAgent: SECRETS_MANAGER,
  requestParameters: null,
  responseElements: null,
  requestID,
  eventID,
  readOnly: false,
  eventType: 'AwsApiCall',
  managementEvent: true,
  recipientAccountId: account,
  eventCategory: 'Management',
});

/** Where on the page the SMS gateway stands. */
export const gateway_anchor = 'sms-gateway';

/** @see https://docs.aws.amazon.com/lexv2/latest/dg/lambda-input-format.html */
export function lexBotEvent(localeId = 'en_US') {
  const slots = { City: { shape: 'Scalar' as const, value: { originalValue: 'Seattle', interpretedValue: 'Seattle', resolvedValues: ['Seattle'] } } };
  const intent = { name: 'BookHotel', slots, state: 'ReadyForFulfillment' as const, confirmationState: 'Confirmed' as const };
  return {
    messageVersion: '1.0',
    invocationSource: 'FulfillmentCodeHook' as const,
    inputMode: 'Text' as const,
    responseContentType: 'text/plain; charset=utf-8',
    sessionId: '123456789012345',
    inputTranscript: 'yes',
    invocationLabel: 'onFulfillment',
    bot: { id: 'BOTEXAMPLE', name: 'BookTrip', aliasId: 'ALIASEXMPL', aliasName: 'live', localeId, version: '1' },
    interpretations: [{
      interpretationSource: 'Lex',
      intent,
      nluConfidence: 0.95,
      sentimentResponse: { sentiment: 'NEUTRAL', sentimentScore: { mixed: 0.01, negative: 0.01, neutral: 0.97, positive: 0.01 } },
    }],
    proposedNextState: { dialogAction: { type: 'Close' as const }, intent },
    requestAttributes: { key: 'value' },
    sessionState: {
      sessionAttributes: { key: 'value' },
      activeContexts: [{
        name: 'BookedBefore',
        contextAttributes: { key: 'value' },
        timeToLive: { timeToLiveInSeconds: 600, turnsToLive: 20 },
      }],
      intent,
      originatingRequestId: '3ab4e9a1-0000-0000-0000-000000000000',
    },
    transcriptions: [{
      transcription: 'yes',
      transcriptionConfidence: 1,
      resolvedContext: { intent: 'BookHotel' },
      resolvedSlots: slots,
    }],
  };
}

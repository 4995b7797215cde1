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
    bot: { id: 'BOTEXAMPLE', name: 'BookTrip', aliasId: 'ALIASEXMPL', aliasName: 'live', localeId, version: '1' },
    interpretations: [{ intent, nluConfidence: 0.95 }],
    proposedNextState: { dialogAction: { type: 'Close' as const }, intent },
    sessionState: {
      sessionAttributes: {},
      activeContexts: [],
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

import * as lex from 'aws-cdk-lib/aws-lex';

/** What the bot understands. */
export function shopIntents(): lex.CfnBot.IntentProperty[] {
  return [
    {
      name: 'OrderStatus',
      description: 'Where is my order?',
      sampleUtterances: utterances('Where is my order', 'Where is order {OrderNumber}', 'Track my order'),
      slots: [slot('OrderNumber', 'AMAZON.AlphaNumeric', 'What is the number of your order? It is on the invoice, such as A1234.')],
      slotPriorities: [{ slotName: 'OrderNumber', priority: 1 }],
      dialogCodeHook: { enabled: true }, // the function looks at each answer of the user
      fulfillmentCodeHook: { enabled: true }, // and has the last word
    },
    {
      name: 'StoreHours',
      description: 'When is a shop open?',
      sampleUtterances: utterances('When are you open', 'Opening hours', 'When is the shop in {City} open'),
      slots: [slot('City', 'City', 'In which city? We are in Berlin and Hamburg.')],
      slotPriorities: [{ slotName: 'City', priority: 1 }],
      fulfillmentCodeHook: { enabled: true }, // Lex asks for the city by itself
    },
    {
      // each bot must have one
      name: 'FallbackIntent',
      parentIntentSignature: 'AMAZON.FallbackIntent',
      fulfillmentCodeHook: { enabled: true },
    },
  ];
}

/** Words that slots are filled with, besides those that Lex knows. */
export function shopSlotTypes(): lex.CfnBot.SlotTypeProperty[] {
  return [{
    name: 'City',
    valueSelectionSetting: { resolutionStrategy: 'TOP_RESOLUTION' },
    slotTypeValues: [
      { sampleValue: { value: 'Berlin' } },
      { sampleValue: { value: 'Hamburg' }, synonyms: [{ value: 'HH' }] },
    ],
  }];
}

const utterances = (...texts: string[]) => texts.map((utterance) => ({ utterance }));

function slot(name: string, slotTypeName: string, question: string): lex.CfnBot.SlotProperty {
  const messageGroupsList = [{ message: { plainTextMessage: { value: question } } }];
  return { name, slotTypeName, valueElicitationSetting: { slotConstraint: 'Required', promptSpecification: { maxRetries: 2, messageGroupsList } } };
}

import { App, Stack } from 'aws-cdk-lib';
import { AppModel } from '../../../src/model/app';
import { JsonObject } from '../../../src/model/template';
import { NEW_APP } from '../../function/functions';
import { appOf } from '../../model/app-of';

/** Where the apps are deployed: with an environment, accounts and Regions can be told apart. */
export const ENV = { account: '111122223333', region: 'eu-west-1' };

export type Resources = Record<string, { Type: string; Properties: Record<string, any> }>;

/** An app of one stack, as its template says it. */
export interface WiredApp {
  readonly name: string;
  readonly resources: Resources;
}

/** Makes the constructs of an app. */
export type Wire = (stack: Stack) => void;

/** Flags of a new app, but for two that print or change nothing here. */
const CONTEXT = {
  ...NEW_APP,
  '@aws-cdk/core:annotationsInValidationReport': false,
  'aws:cdk:enable-path-metadata': false,
  'cdk-event-functions:rules': false,
};

export function wiredApp(name: string, wire: Wire): WiredApp {
  const app = new App({ context: CONTEXT });
  const stack = new Stack(app, 'Shop', { env: ENV });
  wire(stack);
  return { name, resources: app.synth().getStackArtifact(stack.artifactId).template.Resources };
}

/** The app as rules see it, with these resources in place of its own. */
export function modelOf(resources: Resources): AppModel {
  return appOf(resources as unknown as JsonObject, ENV);
}

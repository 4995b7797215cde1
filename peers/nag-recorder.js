'use strict';

/**
 * Preloaded into an app (`node --require`): adds cdk-nag's packs as a validation plugin and writes down what they say.
 *
 * The plugin itself reports success: what becomes of the findings is for run.js to decide. If it throws, there is no
 * file, and the run fails.
 */

const fs = require('node:fs');
const path = require('node:path');
const { App, Validations } = require('aws-cdk-lib');
const { loadNag } = require('./environments');

const { AwsSolutionsChecks, NagMessageLevel, NagPack, NIST80053R5Checks, rules, ServerlessChecks } = loadNag();

/** The one rule about permissions that cdk-nag has, but puts into no pack. */
class Unpacked extends NagPack {
  constructor() {
    super();
    this.packName = 'Unpacked';
  }

  checkResource(node) {
    const info = 'The function URL lets everybody in.';
    this.applyRule({ info, explanation: '', level: NagMessageLevel.ERROR, rule: rules.lambda.LambdaFunctionUrlAuth, node });
  }
}

function record({ appConstruct }) {
  const packs = [new AwsSolutionsChecks(), new ServerlessChecks(), new NIST80053R5Checks(), new Unpacked()];
  const findings = packs.flatMap((pack) => {
    pack.isAcknowledged = () => false; // what an app acknowledges counts, too: exceptions.js is the only list
    return pack.validateScope(appConstruct).violations;
  }).flatMap(({ ruleName, description, violatingResources }) => (
    violatingResources.map(({ constructPath }) => ({ rule: ruleName, place: constructPath, message: description }))
  ));
  fs.writeFileSync(path.join(appConstruct.outdir, 'cdk-nag.json'), JSON.stringify(findings));
  return { success: true, violations: [] };
}

const { synth } = App.prototype;
App.prototype.synth = function (...args) {
  Validations.of(this).addPlugins({ name: 'peers', validate: record });
  return synth.apply(this, args);
};

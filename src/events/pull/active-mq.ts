import { BrokerPullSource } from './broker';
import { activeMqEvent } from './samples/broker';
import { ACTIVE_MQ } from '../../limits/sources/broker';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { isKnown } from '../../support/tokens';

/** A queue of Apache ActiveMQ that Lambda reads for a function. Made by `PullSource.activeMq()`. */
export class ActiveMqPullSource extends BrokerPullSource {
  public readonly semantics: SourceSemantics = ACTIVE_MQ;

  /** @internal */
  protected readonly _kind = 'ActiveMqEventSource';

  /** @internal */
  protected readonly _records = 'activeMq';

  /** @internal */
  protected _sampleEvent(): object {
    return activeMqEvent(...[this._brokerArn, this._options.queueName].map((text) => isKnown(text) ? text : undefined));
  }
}

import * as lambda from 'aws-cdk-lib/aws-lambda';
import { BrokerPullSource, BrokerSourceOptions } from './broker';
import { rabbitMqEvent } from './samples/broker';
import { VIRTUAL_HOST } from '../../limits/broker-mapping';
import { RABBIT_MQ } from '../../limits/sources/broker';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** How Lambda reads a queue of RabbitMQ. */
export interface RabbitMqSourceOptions extends BrokerSourceOptions {
  /**
   * The virtual host that the queue is in: 1 to 200 letters, digits, blanks and `-/*:_+=.@`. To change it makes a new mapping.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/api/API_SourceAccessConfiguration.html
   * @default '/'
   */
  readonly virtualHost?: string;
}

/** A queue of RabbitMQ that Lambda reads for a function. Made by `PullSource.rabbitMq()`. */
export class RabbitMqPullSource extends BrokerPullSource {
  public readonly semantics: SourceSemantics = RABBIT_MQ;

  /** @internal */
  protected readonly _kind = 'RabbitMqEventSource';

  /** @internal */
  protected readonly _records = 'rabbitMq';

  private readonly virtualHost?: string;

  /** @internal */
  constructor(brokerArn: string, options: RabbitMqSourceOptions) {
    const { virtualHost, ...common } = options;
    super(brokerArn, common);
    checkVirtualHost(options);
    this.virtualHost = virtualHost;
  }

  /**
   * A mapping keeps the virtual host that it was made with.
   *
   * @internal
   */
  protected get _within(): string[] {
    return this.virtualHost === undefined ? [] : [this.virtualHost];
  }

  /** @internal */
  protected _furtherAccess(): lambda.SourceAccessConfiguration[] {
    const { virtualHost } = this;
    return virtualHost === undefined ? [] : [{ type: lambda.SourceAccessConfigurationType.VIRTUAL_HOST, uri: virtualHost }];
  }

  /** @internal */
  protected _sampleEvent(): object {
    const texts = [this._brokerArn, this._options.queueName, this.virtualHost];
    return rabbitMqEvent(...texts.map((text) => isKnown(text) ? text : undefined));
  }
}

function checkVirtualHost({ secret, virtualHost }: RabbitMqSourceOptions): void {
  if (!isKnown(virtualHost) || VIRTUAL_HOST.test(virtualHost)) return;
  throw mistake(secret, {
    code: 'VirtualHostMalformed',
    property: 'virtualHost',
    allowed: "1 to 200 letters, digits, blanks and '-/*:_+=.@'",
    got: virtualHost,
    fix: "leave it out for '/'",
  });
}

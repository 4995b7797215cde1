import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';

/**
 * How Lambda says to a cluster of Apache Kafka who it is. The connection is encrypted with TLS.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-cluster-auth.html
 */
export class KafkaAuthentication {
  /**
   * With a user name and a password (SASL/SCRAM with SHA-512).
   *
   * @param secret has the keys `username` and `password`
   */
  public static scram512(secret: secretsmanager.ISecret): KafkaAuthentication {
    return new KafkaAuthentication(lambda.SourceAccessConfigurationType.SASL_SCRAM_512_AUTH, secret);
  }

  /**
   * With a user name and a password (SASL/SCRAM with SHA-256).
   *
   * @param secret has the keys `username` and `password`
   */
  public static scram256(secret: secretsmanager.ISecret): KafkaAuthentication {
    return new KafkaAuthentication(lambda.SourceAccessConfigurationType.SASL_SCRAM_256_AUTH, secret);
  }

  /**
   * With a user name and a password (SASL/PLAIN).
   *
   * @param secret has the keys `username` and `password`
   */
  public static plain(secret: secretsmanager.ISecret): KafkaAuthentication {
    return new KafkaAuthentication(lambda.SourceAccessConfigurationType.BASIC_AUTH, secret);
  }

  /**
   * With a client certificate (mutual TLS).
   *
   * @param secret has the keys `certificate` and `privateKey`, and `privateKeyPassword` if the key is encrypted
   */
  public static mutualTls(secret: secretsmanager.ISecret): KafkaAuthentication {
    return new KafkaAuthentication(lambda.SourceAccessConfigurationType.CLIENT_CERTIFICATE_TLS_AUTH, secret);
  }

  /** @internal */
  public readonly _type: lambda.SourceAccessConfigurationType;

  /** @internal */
  public readonly _secret: secretsmanager.ISecret;

  private constructor(type: lambda.SourceAccessConfigurationType, secret: secretsmanager.ISecret) {
    this._type = type;
    this._secret = secret;
  }
}

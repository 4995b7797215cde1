import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';

/**
 * How Lambda says to a cluster of Amazon MSK who it is. The cluster must have it switched on.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html
 */
export class MskAuthentication {
  /** With the role of the function, which may connect to the cluster and read the topic. The only way into a serverless cluster. */
  public static iam(): MskAuthentication {
    return new MskAuthentication(undefined, undefined, true);
  }

  /**
   * With a user name and a password (SASL/SCRAM with SHA-512).
   *
   * @param secret has the keys `username` and `password`; its name begins with `AmazonMSK_`, and it is associated with the cluster
   */
  public static scram(secret: secretsmanager.ISecret): MskAuthentication {
    return new MskAuthentication(lambda.SourceAccessConfigurationType.SASL_SCRAM_512_AUTH, secret);
  }

  /**
   * With a client certificate (mutual TLS).
   *
   * @param secret has the keys `certificate` and `privateKey`, and `privateKeyPassword` if the key is encrypted
   */
  public static mutualTls(secret: secretsmanager.ISecret): MskAuthentication {
    return new MskAuthentication(lambda.SourceAccessConfigurationType.CLIENT_CERTIFICATE_TLS_AUTH, secret);
  }

  /** Not at all: the cluster lets everybody in who reaches it. */
  public static none(): MskAuthentication {
    return new MskAuthentication();
  }

  /** @internal */
  public readonly _type?: lambda.SourceAccessConfigurationType;

  /** @internal */
  public readonly _secret?: secretsmanager.ISecret;

  /** @internal */
  public readonly _isRole: boolean;

  private constructor(type?: lambda.SourceAccessConfigurationType, secret?: secretsmanager.ISecret, isRole: boolean = false) {
    this._type = type;
    this._secret = secret;
    this._isRole = isRole;
  }
}

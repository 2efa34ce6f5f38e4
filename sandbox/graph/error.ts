/** A Graph error before headers and ids are added. */
export interface GraphError {
  readonly status: number;
  readonly code: number;
  readonly subcode?: number | undefined;
  readonly type?: string | undefined;
  readonly message: string;
  readonly transient?: boolean | undefined;
}

/**
 * 100/33: the object does not exist, the caller may not see it, or it does not support the method. Graph never says
 * which.
 */
export function unsupportedRequest(method: string, id: string): GraphError {
  return {
    status: 400,
    code: 100,
    subcode: 33,
    type: "GraphMethodException",
    message:
      `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to ` +
      `missing permissions, or does not support this operation. ${docs}`,
  };
}

export function nonexistingField(field: string, nodeType: string): GraphError {
  return badParameter(`(#100) Tried accessing nonexisting field (${field}) on node type (${nodeType})`);
}

export function badParameter(message: string): GraphError {
  return { status: 400, code: 100, message };
}

/** The caller's token does not work. Bearer calls were seen to answer 401, `?access_token=` calls 400. */
export function invalidToken(status: number, message: string, subcode?: number): GraphError {
  return { status, code: 190, subcode, message };
}

export const missingScope: GraphError = {
  status: 403,
  code: 10,
  message: "(#10) Application does not have permission for this action",
};

/** The answer to an app token where Graph needs a user's access. */
export const noAccessToField: GraphError = {
  status: 403,
  code: 200,
  message: "(#200) You do not have permission to access this field",
};

export const notAnAppToken: GraphError = badParameter(
  "(#100) You must provide an app access token, or a user access token that is an owner or developer of the app",
);

const docs = "Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api";

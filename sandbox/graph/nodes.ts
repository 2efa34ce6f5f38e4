import type { GraphNode } from "./fields.ts";
import { healthStatus } from "./tokens/health-status.ts";
import type { GraphApp, GraphState, GraphUser, PhoneNumber, WhatsAppAccount } from "./state.ts";

export function phoneNode(state: GraphState, phone: PhoneNumber, account: WhatsAppAccount, appId: string): GraphNode {
  const fields = {
    id: phone.id,
    verified_name: phone.verifiedName,
    display_phone_number: phone.displayNumber,
    quality_rating: phone.qualityRating,
    code_verification_status: "VERIFIED",
    platform_type: phone.platformType,
    throughput: { level: "STANDARD" },
    webhook_configuration: { application: "https://example.com/webhook" },
    status: phone.status,
    name_status: phone.nameStatus,
    new_name_status: "NONE",
    account_mode: "LIVE",
    is_pin_enabled: true,
    is_official_business_account: false,
    whatsapp_business_manager_messaging_limit: phone.messagingLimit,
    messaging_limit_tier: phone.messagingLimit,
    health_status: healthStatus(state, account, appId, phone),
  };
  return { type: "WhatsAppBusinessPhoneNumber", fields, defaults: phoneDefaults };
}

export function accountNode(state: GraphState, account: WhatsAppAccount, appId: string): GraphNode {
  const fields = {
    id: account.id,
    name: account.name,
    timezone_id: "1",
    message_template_namespace: "example_namespace",
    status: "ACTIVE",
    currency: "EUR",
    country: "DE",
    account_review_status: "APPROVED",
    business_verification_status: "verified",
    ownership_type: "SELF",
    owner_business_info: { id: account.businessId, name: account.businessName },
    health_status: healthStatus(state, account, appId),
  };
  const defaults = ["id", "name", "timezone_id", "message_template_namespace"];
  return { type: "WhatsAppBusinessAccount", fields, defaults };
}

export function userNode(user: GraphUser): GraphNode {
  return { type: "User", fields: { id: user.id, name: user.name }, defaults: ["name", "id"] };
}

export function appNode(app: GraphApp): GraphNode {
  return { type: "Application", fields: { id: app.id, name: app.name }, defaults: ["name", "id"] };
}

/** Default fields as the phone-number page lists them (read 2026-11) and as Graph was seen to return them. */
const phoneDefaults = [
  "verified_name",
  "code_verification_status",
  "display_phone_number",
  "quality_rating",
  "platform_type",
  "throughput",
  "webhook_configuration",
];

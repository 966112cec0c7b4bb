/** The versions in which HorizontalPodAutoscalers were ever served. */
export const AUTOSCALING = ['autoscaling/v1', 'autoscaling/v2', 'autoscaling/v2beta1', 'autoscaling/v2beta2'];

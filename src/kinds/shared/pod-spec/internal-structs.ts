/**
 * The structs of the internal version of a Pod template, as `structsOf` reads them.
 * Source: pkg/apis/core/types.go, 1.36; the JSON names are those of staging/src/k8s.io/api/core/v1/types.go.
 */
export const POD_STRUCTS = `
AWSElasticBlockStoreVolumeSource = VolumeID:volumeID FSType:fsType Partition:partition:int ReadOnly:readOnly:bool
Affinity = NodeAffinity:nodeAffinity:NodeAffinity PodAffinity:podAffinity:PodAffinity
  PodAntiAffinity:podAntiAffinity:PodAntiAffinity
AppArmorProfile = Type:type LocalhostProfile:localhostProfile:any
AzureDiskVolumeSource = DiskName:diskName DataDiskURI:diskURI CachingMode:cachingMode:any FSType:fsType:any
  ReadOnly:readOnly:any Kind:kind:any
AzureFileVolumeSource = SecretName:secretName ShareName:shareName ReadOnly:readOnly:bool
CSIVolumeSource = Driver:driver ReadOnly:readOnly:any FSType:fsType:any VolumeAttributes:volumeAttributes:any
  NodePublishSecretRef:nodePublishSecretRef:LocalObjectReference
Capabilities = Add:add:any Drop:drop:any
CephFSVolumeSource = Monitors:monitors:any Path:path User:user SecretFile:secretFile
  SecretRef:secretRef:LocalObjectReference ReadOnly:readOnly:bool
CinderVolumeSource = VolumeID:volumeID FSType:fsType ReadOnly:readOnly:bool SecretRef:secretRef:LocalObjectReference
ClusterTrustBundleProjection = Name:name:any SignerName:signerName:any LabelSelector:labelSelector:selector
  Optional:optional:any Path:path
ConfigMapEnvSource = Name:name Optional:optional:any
ConfigMapKeySelector = Name:name Key:key Optional:optional:any
ConfigMapProjection = Name:name Items:items:[KeyToPath Optional:optional:any
ConfigMapVolumeSource = Name:name Items:items:[KeyToPath DefaultMode:defaultMode:any Optional:optional:any
Container = Name:name Image:image Command:command:any Args:args:any WorkingDir:workingDir Ports:ports:[ContainerPort
  EnvFrom:envFrom:[EnvFromSource Env:env:[EnvVar Resources:resources:=ResourceRequirements
  ResizePolicy:resizePolicy:[ContainerResizePolicy RestartPolicy:restartPolicy:any
  RestartPolicyRules:restartPolicyRules:[ContainerRestartRule VolumeMounts:volumeMounts:[VolumeMount
  VolumeDevices:volumeDevices:[VolumeDevice LivenessProbe:livenessProbe:Probe ReadinessProbe:readinessProbe:Probe
  StartupProbe:startupProbe:Probe Lifecycle:lifecycle:Lifecycle TerminationMessagePath:terminationMessagePath
  TerminationMessagePolicy:terminationMessagePolicy ImagePullPolicy:imagePullPolicy
  SecurityContext:securityContext:SecurityContext Stdin:stdin:bool StdinOnce:stdinOnce:bool TTY:tty:bool
ContainerPort = Name:name HostPort:hostPort:int ContainerPort:containerPort:int Protocol:protocol HostIP:hostIP
ContainerResizePolicy = ResourceName:resourceName RestartPolicy:restartPolicy
ContainerRestartRule = Action:action ExitCodes:exitCodes:ContainerRestartRuleOnExitCodes
ContainerRestartRuleOnExitCodes = Operator:operator Values:values:any
DownwardAPIProjection = Items:items:[DownwardAPIVolumeFile
DownwardAPIVolumeFile = Path:path FieldRef:fieldRef:ObjectFieldSelector
  ResourceFieldRef:resourceFieldRef:ResourceFieldSelector Mode:mode:any
DownwardAPIVolumeSource = Items:items:[DownwardAPIVolumeFile DefaultMode:defaultMode:any
EmptyDirVolumeSource = Medium:medium SizeLimit:sizeLimit:amount
EnvFromSource = Prefix:prefix ConfigMapRef:configMapRef:ConfigMapEnvSource SecretRef:secretRef:SecretEnvSource
EnvVar = Name:name Value:value ValueFrom:valueFrom:EnvVarSource
EnvVarSource = FieldRef:fieldRef:ObjectFieldSelector ResourceFieldRef:resourceFieldRef:ResourceFieldSelector
  ConfigMapKeyRef:configMapKeyRef:ConfigMapKeySelector SecretKeyRef:secretKeyRef:SecretKeySelector
  FileKeyRef:fileKeyRef:FileKeySelector
EphemeralContainer = Name:name Image:image Command:command:any Args:args:any WorkingDir:workingDir
  Ports:ports:[ContainerPort EnvFrom:envFrom:[EnvFromSource Env:env:[EnvVar
  Resources:resources:=ResourceRequirements ResizePolicy:resizePolicy:[ContainerResizePolicy
  RestartPolicy:restartPolicy:any RestartPolicyRules:restartPolicyRules:[ContainerRestartRule
  VolumeMounts:volumeMounts:[VolumeMount VolumeDevices:volumeDevices:[VolumeDevice LivenessProbe:livenessProbe:Probe
  ReadinessProbe:readinessProbe:Probe StartupProbe:startupProbe:Probe Lifecycle:lifecycle:Lifecycle
  TerminationMessagePath:terminationMessagePath TerminationMessagePolicy:terminationMessagePolicy
  ImagePullPolicy:imagePullPolicy SecurityContext:securityContext:SecurityContext Stdin:stdin:bool
  StdinOnce:stdinOnce:bool TTY:tty:bool TargetContainerName:targetContainerName
EphemeralVolumeSource = VolumeClaimTemplate:volumeClaimTemplate:PersistentVolumeClaimTemplate
ExecAction = Command:command:any
FCVolumeSource = TargetWWNs:targetWWNs:any Lun:lun:any FSType:fsType ReadOnly:readOnly:bool WWIDs:wwids:any
FileKeySelector = VolumeName:volumeName Path:path Key:key Optional:optional:any
FlexVolumeSource = Driver:driver FSType:fsType SecretRef:secretRef:LocalObjectReference ReadOnly:readOnly:bool
  Options:options:any
FlockerVolumeSource = DatasetName:datasetName DatasetUUID:datasetUUID
GCEPersistentDiskVolumeSource = PDName:pdName FSType:fsType Partition:partition:int ReadOnly:readOnly:bool
GRPCAction = Port:port:int Service:service:any
GitRepoVolumeSource = Repository:repository Revision:revision Directory:directory
GlusterfsVolumeSource = EndpointsName:endpoints Path:path ReadOnly:readOnly:bool
HTTPGetAction = Path:path Port:port:int Host:host Scheme:scheme HTTPHeaders:httpHeaders:[HTTPHeader
HTTPHeader = Name:name Value:value
HostAlias = IP:ip Hostnames:hostnames:any
HostPathVolumeSource = Path:path Type:type:any
ISCSIVolumeSource = TargetPortal:targetPortal IQN:iqn Lun:lun:int ISCSIInterface:iscsiInterface FSType:fsType
  ReadOnly:readOnly:bool Portals:portals:any DiscoveryCHAPAuth:chapAuthDiscovery:bool
  SessionCHAPAuth:chapAuthSession:bool SecretRef:secretRef:LocalObjectReference InitiatorName:initiatorName:any
ImageVolumeSource = Reference:reference PullPolicy:pullPolicy
KeyToPath = Key:key Path:path Mode:mode:any
Lifecycle = PostStart:postStart:LifecycleHandler PreStop:preStop:LifecycleHandler StopSignal:stopSignal:any
LifecycleHandler = Exec:exec:ExecAction HTTPGet:httpGet:HTTPGetAction TCPSocket:tcpSocket:TCPSocketAction
  Sleep:sleep:SleepAction
LocalObjectReference = Name:name
NFSVolumeSource = Server:server Path:path ReadOnly:readOnly:bool
NodeAffinity =
  RequiredDuringSchedulingIgnoredDuringExecution:requiredDuringSchedulingIgnoredDuringExecution:NodeSelector
  PreferredDuringSchedulingIgnoredDuringExecution:preferredDuringSchedulingIgnoredDuringExecution:[PreferredSchedulingTerm
NodeSelector = NodeSelectorTerms:nodeSelectorTerms:[NodeSelectorTerm
NodeSelectorRequirement = Key:key Operator:operator Values:values:any
NodeSelectorTerm = MatchExpressions:matchExpressions:[NodeSelectorRequirement
  MatchFields:matchFields:[NodeSelectorRequirement
ObjectFieldSelector = APIVersion:apiVersion FieldPath:fieldPath
PersistentVolumeClaimSpec = AccessModes:accessModes:any Selector:selector:selector
  Resources:resources:=VolumeResourceRequirements VolumeName:volumeName StorageClassName:storageClassName:any
  VolumeMode:volumeMode:any DataSource:dataSource:TypedLocalObjectReference
  DataSourceRef:dataSourceRef:TypedObjectReference VolumeAttributesClassName:volumeAttributesClassName:any
PersistentVolumeClaimTemplate = +meta Spec:spec:=PersistentVolumeClaimSpec
PersistentVolumeClaimVolumeSource = ClaimName:claimName ReadOnly:readOnly:bool
PhotonPersistentDiskVolumeSource = PdID:pdID FSType:fsType
PodAffinity =
  RequiredDuringSchedulingIgnoredDuringExecution:requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm
  PreferredDuringSchedulingIgnoredDuringExecution:preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm
PodAffinityTerm = LabelSelector:labelSelector:selector Namespaces:namespaces:any TopologyKey:topologyKey
  NamespaceSelector:namespaceSelector:selector MatchLabelKeys:matchLabelKeys:any
  MismatchLabelKeys:mismatchLabelKeys:any
PodAntiAffinity =
  RequiredDuringSchedulingIgnoredDuringExecution:requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm
  PreferredDuringSchedulingIgnoredDuringExecution:preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm
PodCertificateProjection = SignerName:signerName KeyType:keyType MaxExpirationSeconds:maxExpirationSeconds:any
  CredentialBundlePath:credentialBundlePath KeyPath:keyPath CertificateChainPath:certificateChainPath
  UserAnnotations:userAnnotations:any
PodDNSConfig = Nameservers:nameservers:any Searches:searches:any Options:options:[PodDNSConfigOption
PodDNSConfigOption = Name:name Value:value:any
PodOS = Name:name
PodReadinessGate = ConditionType:conditionType
PodResourceClaim = Name:name ResourceClaimName:resourceClaimName:any
  ResourceClaimTemplateName:resourceClaimTemplateName:any
PodSchedulingGate = Name:name
PodSchedulingGroup = PodGroupName:podGroupName:any
PodSecurityContext = HostNetwork:hostNetwork:bool HostPID:hostPID:bool HostIPC:hostIPC:bool
  ShareProcessNamespace:shareProcessNamespace:any HostUsers:hostUsers:any
  SELinuxOptions:seLinuxOptions:SELinuxOptions WindowsOptions:windowsOptions:WindowsSecurityContextOptions
  RunAsUser:runAsUser:any RunAsGroup:runAsGroup:any RunAsNonRoot:runAsNonRoot:any
  SupplementalGroups:supplementalGroups:any SupplementalGroupsPolicy:supplementalGroupsPolicy:any
  FSGroup:fsGroup:any FSGroupChangePolicy:fsGroupChangePolicy:any Sysctls:sysctls:[Sysctl
  SeccompProfile:seccompProfile:SeccompProfile AppArmorProfile:appArmorProfile:AppArmorProfile
  SELinuxChangePolicy:seLinuxChangePolicy:any
PodSpec = Volumes:volumes:[Volume InitContainers:initContainers:[Container Containers:containers:[Container
  EphemeralContainers:ephemeralContainers:[EphemeralContainer RestartPolicy:restartPolicy
  TerminationGracePeriodSeconds:terminationGracePeriodSeconds:any ActiveDeadlineSeconds:activeDeadlineSeconds:any
  DNSPolicy:dnsPolicy NodeSelector:nodeSelector:any ServiceAccountName:serviceAccountName
  AutomountServiceAccountToken:automountServiceAccountToken:any NodeName:nodeName
  SecurityContext:securityContext:=PodSecurityContext ImagePullSecrets:imagePullSecrets:[LocalObjectReference
  Hostname:hostname Subdomain:subdomain SetHostnameAsFQDN:setHostnameAsFQDN:any Affinity:affinity:Affinity
  SchedulerName:schedulerName Tolerations:tolerations:[Toleration HostAliases:hostAliases:[HostAlias
  PriorityClassName:priorityClassName Priority:priority:any PreemptionPolicy:preemptionPolicy:any
  DNSConfig:dnsConfig:PodDNSConfig ReadinessGates:readinessGates:[PodReadinessGate
  RuntimeClassName:runtimeClassName:any Overhead:overhead:amounts EnableServiceLinks:enableServiceLinks:any
  TopologySpreadConstraints:topologySpreadConstraints:[TopologySpreadConstraint OS:os:PodOS
  SchedulingGates:schedulingGates:[PodSchedulingGate ResourceClaims:resourceClaims:[PodResourceClaim
  Resources:resources:ResourceRequirements HostnameOverride:hostnameOverride:any
  SchedulingGroup:schedulingGroup:PodSchedulingGroup
PodTemplateSpec = +meta Spec:spec:=PodSpec
PortworxVolumeSource = VolumeID:volumeID FSType:fsType ReadOnly:readOnly:bool
PreferredSchedulingTerm = Weight:weight:int Preference:preference:=NodeSelectorTerm
Probe = Exec:exec:ExecAction HTTPGet:httpGet:HTTPGetAction TCPSocket:tcpSocket:TCPSocketAction GRPC:grpc:GRPCAction
  InitialDelaySeconds:initialDelaySeconds:int TimeoutSeconds:timeoutSeconds:int PeriodSeconds:periodSeconds:int
  SuccessThreshold:successThreshold:int FailureThreshold:failureThreshold:int
  TerminationGracePeriodSeconds:terminationGracePeriodSeconds:any
ProjectedVolumeSource = Sources:sources:[VolumeProjection DefaultMode:defaultMode:any
QuobyteVolumeSource = Registry:registry Volume:volume ReadOnly:readOnly:bool User:user Group:group Tenant:tenant
RBDVolumeSource = CephMonitors:monitors:any RBDImage:image FSType:fsType RBDPool:pool RadosUser:user Keyring:keyring
  SecretRef:secretRef:LocalObjectReference ReadOnly:readOnly:bool
ResourceClaim = Name:name Request:request
ResourceFieldSelector = ContainerName:containerName Resource:resource Divisor:divisor:=amount
ResourceRequirements = Limits:limits:amounts Requests:requests:amounts Claims:claims:[ResourceClaim
SELinuxOptions = User:user Role:role Type:type Level:level
ScaleIOVolumeSource = Gateway:gateway System:system SecretRef:secretRef:LocalObjectReference
  SSLEnabled:sslEnabled:bool ProtectionDomain:protectionDomain StoragePool:storagePool StorageMode:storageMode
  VolumeName:volumeName FSType:fsType ReadOnly:readOnly:bool
SeccompProfile = Type:type LocalhostProfile:localhostProfile:any
SecretEnvSource = Name:name Optional:optional:any
SecretKeySelector = Name:name Key:key Optional:optional:any
SecretProjection = Name:name Items:items:[KeyToPath Optional:optional:any
SecretVolumeSource = SecretName:secretName Items:items:[KeyToPath DefaultMode:defaultMode:any Optional:optional:any
SecurityContext = Capabilities:capabilities:Capabilities Privileged:privileged:any
  SELinuxOptions:seLinuxOptions:SELinuxOptions WindowsOptions:windowsOptions:WindowsSecurityContextOptions
  RunAsUser:runAsUser:any RunAsGroup:runAsGroup:any RunAsNonRoot:runAsNonRoot:any
  ReadOnlyRootFilesystem:readOnlyRootFilesystem:any AllowPrivilegeEscalation:allowPrivilegeEscalation:any
  ProcMount:procMount:any SeccompProfile:seccompProfile:SeccompProfile
  AppArmorProfile:appArmorProfile:AppArmorProfile
ServiceAccountTokenProjection = Audience:audience ExpirationSeconds:expirationSeconds:int Path:path
SleepAction = Seconds:seconds:int
StorageOSVolumeSource = VolumeName:volumeName VolumeNamespace:volumeNamespace FSType:fsType ReadOnly:readOnly:bool
  SecretRef:secretRef:LocalObjectReference
Sysctl = Name:name Value:value
TCPSocketAction = Port:port:int Host:host
Toleration = Key:key Operator:operator Value:value Effect:effect TolerationSeconds:tolerationSeconds:any
TopologySpreadConstraint = MaxSkew:maxSkew:int TopologyKey:topologyKey WhenUnsatisfiable:whenUnsatisfiable
  LabelSelector:labelSelector:selector MinDomains:minDomains:any NodeAffinityPolicy:nodeAffinityPolicy:any
  NodeTaintsPolicy:nodeTaintsPolicy:any MatchLabelKeys:matchLabelKeys:any
TypedLocalObjectReference = APIGroup:apiGroup:any Kind:kind Name:name
TypedObjectReference = APIGroup:apiGroup:any Kind:kind Name:name Namespace:namespace:any
Volume = Name:name HostPath:hostPath:HostPathVolumeSource EmptyDir:emptyDir:EmptyDirVolumeSource
  GCEPersistentDisk:gcePersistentDisk:GCEPersistentDiskVolumeSource
  AWSElasticBlockStore:awsElasticBlockStore:AWSElasticBlockStoreVolumeSource GitRepo:gitRepo:GitRepoVolumeSource
  Secret:secret:SecretVolumeSource NFS:nfs:NFSVolumeSource ISCSI:iscsi:ISCSIVolumeSource
  Glusterfs:glusterfs:GlusterfsVolumeSource
  PersistentVolumeClaim:persistentVolumeClaim:PersistentVolumeClaimVolumeSource RBD:rbd:RBDVolumeSource
  Quobyte:quobyte:QuobyteVolumeSource FlexVolume:flexVolume:FlexVolumeSource Cinder:cinder:CinderVolumeSource
  CephFS:cephfs:CephFSVolumeSource Flocker:flocker:FlockerVolumeSource
  DownwardAPI:downwardAPI:DownwardAPIVolumeSource FC:fc:FCVolumeSource AzureFile:azureFile:AzureFileVolumeSource
  ConfigMap:configMap:ConfigMapVolumeSource VsphereVolume:vsphereVolume:VsphereVirtualDiskVolumeSource
  AzureDisk:azureDisk:AzureDiskVolumeSource
  PhotonPersistentDisk:photonPersistentDisk:PhotonPersistentDiskVolumeSource
  Projected:projected:ProjectedVolumeSource PortworxVolume:portworxVolume:PortworxVolumeSource
  ScaleIO:scaleIO:ScaleIOVolumeSource StorageOS:storageos:StorageOSVolumeSource CSI:csi:CSIVolumeSource
  Ephemeral:ephemeral:EphemeralVolumeSource Image:image:ImageVolumeSource
VolumeDevice = Name:name DevicePath:devicePath
VolumeMount = Name:name ReadOnly:readOnly:bool RecursiveReadOnly:recursiveReadOnly:any MountPath:mountPath
  SubPath:subPath MountPropagation:mountPropagation:any SubPathExpr:subPathExpr
VolumeProjection = Secret:secret:SecretProjection DownwardAPI:downwardAPI:DownwardAPIProjection
  ConfigMap:configMap:ConfigMapProjection ServiceAccountToken:serviceAccountToken:ServiceAccountTokenProjection
  ClusterTrustBundle:clusterTrustBundle:ClusterTrustBundleProjection
  PodCertificate:podCertificate:PodCertificateProjection
VolumeResourceRequirements = Limits:limits:amounts Requests:requests:amounts
VsphereVirtualDiskVolumeSource = VolumePath:volumePath FSType:fsType StoragePolicyName:storagePolicyName
  StoragePolicyID:storagePolicyID
WeightedPodAffinityTerm = Weight:weight:int PodAffinityTerm:podAffinityTerm:=PodAffinityTerm
WindowsSecurityContextOptions = GMSACredentialSpecName:gmsaCredentialSpecName:any
  GMSACredentialSpec:gmsaCredentialSpec:any RunAsUserName:runAsUserName:any HostProcess:hostProcess:any
`;
